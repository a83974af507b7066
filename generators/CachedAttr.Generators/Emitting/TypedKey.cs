using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>The typed key of a cached method, as type and as expression.</summary>
internal static class TypedKey
{
    private const string TextKey = "global::CachedAttr.Keys.TextKey";

    public static string Type(KeyModel key, string structName) => key.Form switch
    {
        KeyForm.Constant => "global::System.ValueTuple",
        KeyForm.Bare => key.ValueHoles.First().Value.Type,
        KeyForm.Struct => structName,
        _ => TextKey,
    };

    /// <summary>Whether the key's expression can be written twice.</summary>
    public static bool IsSimple(CachedMethodModel model) =>
        model.Key.Form == KeyForm.Constant
        || (model.Key.Form == KeyForm.Bare && model.Method.Parameters.Any(parameter => parameter.Name == model.Key.ValueHoles.First().Text));

    /// <summary>The key of a call, in the method's body.</summary>
    public static string Expression(CachedMethodModel model, CachedMethodNames names)
    {
        var key = model.Key;
        var values = key.ValueHoles.Select(hole => hole.Expression);
        return key.Form switch
        {
            KeyForm.Constant => "default",
            KeyForm.Bare => values.First(),
            KeyForm.Text => $"new {TextKey}({values.First()})",
            KeyForm.Struct => $"new {names.Prefix}{names.Key}({string.Join(", ", values)})",
            KeyForm.Built => $"new {TextKey}({names.Prefix}{names.Text}({SignatureEmitter.Call(model.Method, key.Builder!)}))",
            _ => $"new {TextKey}({names.Prefix}{names.Text}({string.Join(", ", key.UsesSecret ? values.Prepend(model.Method.CacheExpression) : values)}))",
        };
    }
}
