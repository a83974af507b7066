using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the class with which users make the keys of a type's cached methods.</summary>
internal static class CacheKeysEmitter
{
    public static void Emit(SourceWriter writer, string? name, IReadOnlyList<(CachedMethodModel Model, CachedMethodNames Names)> methods)
    {
        var visible = methods.Where(method => method.Model.KeysAccess != KeysAccess.None && !method.Names.IsShared).ToList();
        if (name is null || visible.Count == 0)
            return;
        writer.Separate();
        writer.WriteLine("/// <summary>The keys of the cached methods, with the types of their values.</summary>");
        writer.WriteLine(TypeEmitter.GeneratedCode);
        writer.Open($"public static class {name}");
        var signatures = new NameScope();
        foreach (var (model, names) in visible)
            EmitKey(writer, model, names, signatures, name);
        writer.Close();
    }

    private static void EmitKey(SourceWriter writer, CachedMethodModel model, CachedMethodNames names, NameScope signatures, string className)
    {
        var key = model.Key;
        var generics = model.Method.Generics;
        var holes = key.ValueHoles.ToList();
        var scope = new NameScope(holes.Select(hole => hole.Name));
        string cache = key.UsesSecret ? scope.Take("cache") : "";
        var parameters = Parameters(key, holes, cache);
        string types = string.Join(", ", holes.Select(hole => hole.Value.Scalar is { } scalar ? scalar.Type + (scalar.IsNullable ? "?" : "") : hole.Value.Shape));

        // Overloads with the same key values differ in nothing else: they are numbered.
        string name = NameOf(model.Method.Name, className);
        string overload = signatures.Take($"{name}{generics.Parameters.Count}({types})");
        name += overload.Substring(overload.LastIndexOf(')') + 1);

        string arguments = string.Join(", ", parameters.Select(parameter => parameter.Name));
        string result = $"global::CachedAttr.CacheKey<{model.ValueType}>";
        string value = key.Form switch
        {
            KeyForm.Composed or KeyForm.Built => $"new({names.Prefix}{names.Text}({arguments}))",
            KeyForm.Constant => $"{names.Prefix}{names.Method}.KeyOf(default)",
            KeyForm.Bare => $"{names.Prefix}{names.Method}.KeyOf({arguments})",
            _ => $"{names.Prefix}{names.Method}.KeyOf(new({arguments}))",
        };
        writer.Separate();
        writer.WriteLine($"/// <summary>The key of <c>{model.Method.Name}</c>: <c>{Literals.Xml(key.Template)}</c>.</summary>");
        string access = model.KeysAccess == KeysAccess.Public ? "public" : "internal";
        writer.WriteLine($"{access} static {result} {name}{generics.List}({string.Join(", ", parameters.Select(parameter => parameter.Type + " " + parameter.Name))})"
            + string.Concat(generics.AllConstraints.Select(clause => "\n    " + clause)) + " =>");
        writer.WriteContinued(value + ";");
    }

    private static List<(string Type, string Name)> Parameters(KeyModel key, List<HoleModel> holes, string cache)
    {
        var parameters = holes.Select(hole => (hole.Value.Type, Name: Display.Identifier(hole.Name))).ToList();
        if (cache.Length > 0)
            parameters.Insert(0, ("global::CachedAttr.Cache", cache));
        if (key.Form == KeyForm.Built)
            parameters.Add(("string", "key"));
        return parameters;
    }

    private static string NameOf(string method, string className)
    {
        string name = method.EndsWith("Async", StringComparison.Ordinal) && method.Length > "Async".Length ? method.Substring(0, method.Length - "Async".Length) : method;
        return name == className ? name + "Key" : Display.Identifier(name);
    }
}
