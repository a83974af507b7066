using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the class with the MessagePack formatters of the object types that a type's cached methods return.</summary>
internal static class FormatterEmitter
{
    private const string Serialization = "global::CachedAttr.Serialization.";

    public static void Emit(SourceWriter writer, string name, FormatterNames names)
    {
        if (names.Objects.Count == 0)
            return;

        // Formatters write null as nil, whatever annotations say: types that differ only in them are one type here.
        writer.Separate();
        writer.WriteLine("#nullable disable");
        writer.WriteLine(TypeEmitter.GeneratedCode);
        writer.Open($"private static class {name}");
        foreach (var model in names.Objects)
        {
            writer.Separate();
            writer.Open($"public readonly struct {names.Generated(model.Type)} : {Serialization}IMessagePackFormatter<{model.Type}>");
            EmitWrite(writer, model, names);
            FormatterReadEmitter.Emit(writer, model, names);
            EmitDescribe(writer, model, names);
            writer.Close();
        }

        writer.Close();
        writer.WriteLine("#nullable enable");
    }

    private static void EmitWrite(SourceWriter writer, ObjectFormatterModel model, FormatterNames names)
    {
        writer.Separate();
        writer.Open($"public static void Write(ref {Serialization}MessagePackWriter writer, {model.Type} value)");
        if (model.CanBeNull)
        {
            writer.Open("if (value is null)");
            writer.WriteLine("writer.WriteNil();\nreturn;");
            writer.Close();
            writer.Separate();
        }

        if (model.IsOpen)
        {
            writer.WriteLine($"if (value.GetType() != typeof({model.Type}))");
            writer.WriteContinued(Throw($"A type derived from {Plain(model.Type)} may have members that would be lost.") + ";");
            writer.Separate();
        }

        if (model.IsRecursive)
            writer.WriteLine("writer.Enter();");
        EmitContent(writer, model, names);
        if (model.IsRecursive)
            writer.WriteLine("writer.Leave();");
        writer.Close();
    }

    private static void EmitContent(SourceWriter writer, ObjectFormatterModel model, FormatterNames names)
    {
        switch (model.Layout)
        {
            case ObjectLayout.Union:
                EmitCases(writer, model, names);
                break;
            case ObjectLayout.Map:
                writer.WriteLine($"writer.WriteMapHeader({Literals.Of(model.Members.Count)});");
                foreach (var member in model.Members)
                    writer.WriteLine($"writer.WriteUtf8({Literals.Of(member.Key)}u8);\n{WriteMember(member, names)}");
                break;
            default:
                int next = 0;
                writer.WriteLine($"writer.WriteArrayHeader({Literals.Of(Length(model))});");
                foreach (var member in model.Members)
                {
                    for (; next < member.Number; next++)
                        writer.WriteLine("writer.WriteNil();");
                    writer.WriteLine(WriteMember(member, names));
                    next++;
                }

                break;
        }
    }

    private static void EmitCases(SourceWriter writer, ObjectFormatterModel model, FormatterNames names)
    {
        writer.WriteLine("writer.WriteArrayHeader(2);");
        string @else = "";
        foreach (var member in model.Members)
        {
            string type = member.Formatter.Type;
            writer.Open($"{@else}if (value.GetType() == typeof({type}))");
            writer.WriteLine($"writer.WriteInt32({Literals.Of(member.Number)});\n{names.Code(member.Formatter)}.Write(ref writer, ({type})value);");
            writer.Close();
            @else = "else ";
        }

        writer.Open("else");
        writer.WriteLine(Throw($"The value's type is not one of the union of {Plain(model.Type)}.") + ";");
        writer.Close();
    }

    private static void EmitDescribe(SourceWriter writer, ObjectFormatterModel model, FormatterNames names)
    {
        string layout = model.Layout == ObjectLayout.Numbered ? "Array" : model.Layout.ToString();
        writer.Separate();
        writer.Open($"public static void Describe({Serialization}SchemaBuilder schema)");
        writer.WriteLine($"if (!schema.BeginObject<{model.Type}>({Serialization}SchemaLayout.{layout}))");
        writer.WriteContinued("return;");
        writer.Separate();
        foreach (var member in model.Members)
            writer.WriteLine($"schema.Member<{member.Formatter.Type}, {names.Code(member.Formatter)}>({Literals.Of(Description(model.Layout, member))});");
        writer.WriteLine("schema.EndObject();");
        writer.Close();
    }

    // The name, and whatever else places the member.
    private static string Description(ObjectLayout layout, FormatterMember member) => layout switch
    {
        ObjectLayout.Union => Literals.Of(member.Number),
        ObjectLayout.Numbered => member.Name + "=" + Literals.Of(member.Number),
        ObjectLayout.Map when member.Key != member.Name => member.Name + "=" + member.Key,
        _ => member.Name,
    };

    private static string WriteMember(FormatterMember member, FormatterNames names) =>
        $"{names.Code(member.Formatter)}.Write(ref writer, value.{Display.Identifier(member.Name)});";

    /// <summary>How many values the array of an object has.</summary>
    public static int Length(ObjectFormatterModel model) => model.Members.Count == 0 ? 0 : model.Members[model.Members.Count - 1].Number + 1;

    public static string Throw(string message) => $"throw new {Serialization}MessagePackException({Literals.Of(message)})";

    public static string Plain(string type) => type.Replace("global::", "");
}
