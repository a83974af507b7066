using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the class that describes a type's cached methods to the run time.</summary>
internal static class CachedMethodsEmitter
{
    public static void Emit(SourceWriter writer, string name, IReadOnlyList<(CachedMethodModel Model, CachedMethodNames Names)> methods)
    {
        if (methods.Count == 0)
            return;
        writer.Separate();
        writer.WriteLine(TypeEmitter.GeneratedCode);
        writer.Open($"private static class {name}");
        foreach (var (model, names) in methods.Where(method => method.Names.Container is null))
            EmitDescription(writer, model, names);
        foreach (var (model, names) in methods.Where(method => method.Names.Container is null))
            EmitKey(writer, model, names);
        foreach (var (model, names) in methods.Where(method => method.Names.Container is not null))
            EmitGeneric(writer, model, names);
        writer.Close();
    }

    private static void EmitGeneric(SourceWriter writer, CachedMethodModel model, CachedMethodNames names)
    {
        var generics = model.Method.Generics;
        writer.Separate();
        writer.Open($"public static class {names.Container}{generics.List}{string.Concat(generics.AllConstraints.Select(clause => "\n    " + clause))}");
        EmitDescription(writer, model, names);
        EmitKey(writer, model, names);
        KeyPartsEmitter.Emit(writer, names.KeyParts, model.Key.Shapes);
        writer.Close();
    }

    private static void EmitDescription(SourceWriter writer, CachedMethodModel model, CachedMethodNames names)
    {
        string template = Literals.Of(model.Key.Template);
        string codec = model.Key.Form is KeyForm.Composed or KeyForm.Built ? $"global::CachedAttr.Keys.TextKeyCodec({template})" : names.Codec + "()";
        writer.Separate();
        writer.WriteLine($"public static readonly global::CachedAttr.Loading.CachedMethod<{TypedKey.Type(model.Key, names.Key)}, {model.Method.ResultType}> {names.Method} = new(");
        writer.WriteContinued($"{Literals.Of(model.Type.FullName)}, {Literals.Of(model.Method.Name)}, {template}, new {codec}){Initializer(model.Policy)};");
    }

    private static void EmitKey(SourceWriter writer, CachedMethodModel model, CachedMethodNames names)
    {
        if (model.Key.Form == KeyForm.Struct)
            KeyStructEmitter.Emit(writer, model.Key, names);
        if (model.Key.Form is KeyForm.Composed or KeyForm.Built)
            KeyTextEmitter.Emit(writer, model.Key, names);
        else
            CodecEmitter.Emit(writer, model.Key, names);
    }

    private static string Initializer(PolicyModel policy)
    {
        string numbers = string.Join(", ", Numbers(policy));
        string[] properties =
        [
            numbers.Length == 0 ? "" : $"Policy = new() {{ {numbers} }}",
            policy.Name is null ? "" : $"PolicyName = {Literals.Of(policy.Name)}",
        ];
        string all = string.Join(", ", properties.Where(property => property.Length > 0));
        return all.Length == 0 ? "" : $" {{ {all} }}";
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
        if (policy.Ttl is { } ttl)
            yield return $"Ttl = {Literals.Of(ttl)}";
        if (policy.NullTtl is { } nullTtl)
            yield return $"NullTtl = {Literals.Of(nullTtl)}";
        if (policy.LocalCapacity is { } capacity)
            yield return $"LocalCapacity = {Literals.Of(capacity)}";
        if (policy.Tiers is { } tiers)
            yield return $"Tiers = {Tiers(tiers)}";
    }
}
