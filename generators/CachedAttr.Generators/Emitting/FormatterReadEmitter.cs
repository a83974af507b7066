using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the method of a formatter that reads an object: its members into locals, and then the object from them.</summary>
internal static class FormatterReadEmitter
{
    public static void Emit(SourceWriter writer, ObjectFormatterModel model, FormatterNames names)
    {
        writer.Separate();
        writer.Open($"public static {model.Type} Read(ref global::CachedAttr.Serialization.MessagePackReader reader)");
        if (model.CanBeNull)
        {
            writer.WriteLine("if (reader.TryReadNil())");
            writer.WriteContinued("return null;");
            writer.Separate();
        }

        if (model.IsRecursive)
            writer.WriteLine("reader.Enter();");
        if (model.Layout == ObjectLayout.Union)
            EmitUnion(writer, model, names);
        else
            EmitObject(writer, model, names);
        writer.Close();
    }

    private static void EmitUnion(SourceWriter writer, ObjectFormatterModel model, FormatterNames names)
    {
        string target = model.IsRecursive ? $"{model.Type} value =" : "return";
        writer.WriteLine($"reader.ReadArrayHeader(2);\n{target} reader.ReadInt32() switch\n{{");
        foreach (var member in model.Members)
            writer.WriteContinued($"{Literals.Of(member.Number)} => {names.Code(member.Formatter)}.Read(ref reader),");
        writer.WriteContinued($"_ => {FormatterEmitter.Throw($"The number is not one of the union of {FormatterEmitter.Plain(model.Type)}.")},");
        writer.WriteLine("};");
        if (model.IsRecursive)
            writer.WriteLine("reader.Leave();\nreturn value;");
    }

    private static void EmitObject(SourceWriter writer, ObjectFormatterModel model, FormatterNames names)
    {
        var scope = new NameScope("reader", "count", "i", "key");
        var locals = model.Members.Where(member => member.IsRestored).ToDictionary(
            member => member.Name, member => Display.Identifier(scope.Take(char.ToLowerInvariant(member.Name[0]) + member.Name.Substring(1))), StringComparer.Ordinal);
        if (model.Layout == ObjectLayout.Map)
            EmitMap(writer, model, names, locals);
        else
            EmitArray(writer, model, names, locals);
        if (model.IsRecursive)
            writer.WriteLine("reader.Leave();");

        string arguments = string.Join(
            ", ", model.Arguments.Select(argument => (argument.Parameter is null ? "" : Display.Identifier(argument.Parameter) + ": ") + locals[argument.Member]));
        if (model.Initialized.Count == 0)
        {
            writer.WriteLine($"return new {model.Type}({arguments});");
            return;
        }

        writer.WriteLine($"return new {model.Type}({arguments})\n{{");
        foreach (string member in model.Initialized)
            writer.WriteContinued($"{Display.Identifier(member)} = {locals[member]},");
        writer.WriteLine("};");
    }

    private static void EmitArray(SourceWriter writer, ObjectFormatterModel model, FormatterNames names, Dictionary<string, string> locals)
    {
        int next = 0;
        writer.WriteLine($"reader.ReadArrayHeader({Literals.Of(FormatterEmitter.Length(model))});");
        foreach (var member in model.Members)
        {
            for (; next < member.Number; next++)
                writer.WriteLine("reader.Skip();");
            writer.WriteLine(member.IsRestored ? $"var {locals[member.Name]} = {names.Code(member.Formatter)}.Read(ref reader);" : "reader.Skip();");
            next++;
        }
    }

    // In any order, and with others in between, as the MessagePack package reads maps.
    private static void EmitMap(SourceWriter writer, ObjectFormatterModel model, FormatterNames names, Dictionary<string, string> locals)
    {
        var restored = model.Members.Where(member => member.IsRestored).ToList();
        foreach (var member in restored)
            writer.WriteLine($"{member.Formatter.Type} {locals[member.Name]} = default;");
        writer.WriteLine("int count = reader.ReadMapHeader();");
        writer.Open("for (int i = 0; i < count; i++)");
        writer.WriteLine("var key = reader.ReadUtf8();");
        string @else = "";
        foreach (var member in restored)
        {
            writer.WriteLine($"{@else}if (global::System.MemoryExtensions.SequenceEqual(key, {Literals.Of(member.Key)}u8))");
            writer.WriteContinued($"{locals[member.Name]} = {names.Code(member.Formatter)}.Read(ref reader);");
            @else = "else ";
        }

        if (restored.Count > 0)
            writer.WriteLine("else");
        if (restored.Count > 0)
            writer.WriteContinued("reader.Skip();");
        else
            writer.WriteLine("reader.Skip();");
        writer.Close();
        writer.Separate();
    }
}
