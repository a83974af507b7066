using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the class that describes a type's cached methods to the run time.</summary>
internal static class CachedMethodsEmitter
{
    private const string Serializer = "global::CachedAttr.Serialization.MessagePackSerializer";

    public static void Emit(SourceWriter writer, string name, IReadOnlyList<(CachedMethodModel Model, CachedMethodNames Names)> methods, FormatterNames formatters)
    {
        if (methods.Count == 0)
            return;
        writer.Separate();
        writer.WriteLine(TypeEmitter.GeneratedCode);
        writer.Open($"private static class {name}");
        foreach (var (model, names) in methods.Where(method => method.Names is { Container: null, IsShared: false }))
            EmitDescription(writer, model, names, formatters);
        foreach (var (model, names) in methods.Where(method => method.Names.Container is null))
            EmitKey(writer, model, names);
        foreach (var (model, names) in methods.Where(method => method.Names.Container is not null))
            EmitGeneric(writer, model, names, formatters);
        writer.Close();
    }

    private static void EmitGeneric(SourceWriter writer, CachedMethodModel model, CachedMethodNames names, FormatterNames formatters)
    {
        var generics = model.Method.Generics;
        writer.Separate();
        writer.Open($"public static class {names.Container}{generics.List}{string.Concat(generics.AllConstraints.Select(clause => "\n    " + clause))}");
        EmitDescription(writer, model, names, formatters);
        EmitKey(writer, model, names);
        KeyPartsEmitter.Emit(writer, names.KeyParts, model.Key.Shapes.Concat(model.TagShapes).Distinct());
        writer.Close();
    }

    private static void EmitDescription(SourceWriter writer, CachedMethodModel model, CachedMethodNames names, FormatterNames formatters)
    {
        string template = Literals.Of(model.Key.Template);
        string codec = model.Key.Form is KeyForm.Composed or KeyForm.Built ? $"global::CachedAttr.Keys.TextKeyCodec({template})" : names.Codec + "()";
        writer.Separate();
        writer.WriteLine($"public static readonly global::CachedAttr.Loading.CachedMethod<{TypedKey.Type(model.Key, names.Key)}, {model.ValueType}> {names.Method} = new(");
        string[] properties = [.. Properties(model, formatters)];
        string arguments = $"{Literals.Of(model.Type.FullName)}, {Literals.Of(model.Method.Name)}, {template}, new {codec})";
        writer.WriteContinued(properties.Length == 0 ? arguments + ";" : arguments);
        if (properties.Length == 0)
            return;
        writer.WriteLine("{");
        foreach (string property in properties)
            writer.WriteContinued(property + ",");
        writer.WriteLine("};");
    }

    private static void EmitKey(SourceWriter writer, CachedMethodModel model, CachedMethodNames names)
    {
        EmitTags(writer, model, names);
        if (names.IsShared)
            return;
        if (model.Key.Form == KeyForm.Struct)
            KeyStructEmitter.Emit(writer, model.Key, names);
        if (model.Key.Form is KeyForm.Composed or KeyForm.Built)
            KeyTextEmitter.Emit(writer, model.Key, names);
        else
            CodecEmitter.Emit(writer, model.Key, names);
    }

    private static void EmitTags(SourceWriter writer, CachedMethodModel model, CachedMethodNames names)
    {
        foreach (var tag in model.Tags.Where(tag => tag.Holes.Any()).Distinct())
            KeyTextEmitter.Emit(writer, names.Tags[tag], tag.Segments, tag.Holes, tag.UsesSecret, names.KeyParts);
    }

    private static IEnumerable<string> Properties(CachedMethodModel model, FormatterNames formatters)
    {
        string numbers = string.Join(", ", Numbers(model.Policy));
        if (numbers.Length > 0)
            yield return $"Policy = new() {{ {numbers} }}";
        if (model.Policy.Name is { } name)
            yield return $"PolicyName = {Literals.Of(name)}";

        // A delegate: a program that has no backend never loads the formatters' types.
        if (model.Serializer is { } serializer)
            yield return $"SerializerFactory = static () => new {Serializer}<{model.ValueType}, {formatters.Code(serializer.Value)}>()";
    }

    private static string Tiers(int tiers) => "global::CachedAttr.CacheTiers." + tiers switch
    {
        0 => "None",
        1 => "Local",
        2 => "Backend",
        _ => "Both",
    };

    private static IEnumerable<string> Numbers(PolicyModel policy)
    {
        foreach (var number in policy.Numbers)
            yield return $"{number.Name} = {Literals.Of(number.Value)}";
        if (policy.LocalCapacity is { } capacity)
            yield return $"LocalCapacity = {Literals.Of(capacity)}";
        if (policy.Tiers is { } tiers)
            yield return $"Tiers = {Tiers(tiers)}";
        if (policy.DistributedLock is { } isLocked)
            yield return $"DistributedLock = {(isLocked ? "true" : "false")}";
    }
}
