using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>
/// The names of what is generated for a cached method. They stand in the class <c>CachedMethods</c>; those of a generic method in a generic
/// class of their own within it, because they differ with the type arguments.
/// </summary>
/// <param name="Container">The generic class, without type parameters; null for ordinary methods.</param>
/// <param name="Prefix">The way to them from the containing type.</param>
internal sealed record CachedMethodNames(string? Container, string Prefix, string Method, string Key, string Codec, string Text, string KeyParts)
{
    /// <summary>The method that makes each tag with holes.</summary>
    public IReadOnlyDictionary<PatternModel, string> Tags { get; init; } = new Dictionary<PatternModel, string>();

    /// <summary>Whether all but the tags is another method's: that of one of the many keys.</summary>
    public bool IsShared { get; init; }

    /// <summary>The names of a method that shares its entries with another.</summary>
    public CachedMethodNames SharedWith(NameScope scope, CachedMethodModel model) =>
        this with { IsShared = true, Tags = TagsOf(scope, model, Display.Identifier(model.Method.Name) + "Tag") };

    public static CachedMethodNames Take(NameScope scope, CachedMethodModel model)
    {
        string type = model.Type.Names.Methods;
        string parts = model.Type.Names.KeyParts;
        string name = scope.Take(Display.Identifier(model.Method.Name));
        var generics = model.Method.Generics;
        if (generics.Parameters.Count == 0)
        {
            return new(null, type + ".", name, scope.Take(name + "Key"), scope.Take(name + "Codec"), scope.Take(name + "Text"), parts)
            {
                Tags = TagsOf(scope, model, name + "Tag"),
            };
        }

        var inner = new NameScope(generics.Parameters.Prepend(name));
        return new(name, $"{type}.{name}{generics.List}.", inner.Take("Method"), inner.Take("Key"), inner.Take("Codec"), inner.Take("Text"), inner.Take(parts))
        {
            Tags = TagsOf(inner, model, "Tag"),
        };
    }

    private static Dictionary<PatternModel, string> TagsOf(NameScope scope, CachedMethodModel model, string name) =>
        model.Tags.Where(tag => tag.Holes.Any()).Distinct().ToDictionary(tag => tag, _ => scope.Take(name));
}

/// <summary>The names of the methods that make an invalidating method's texts: patterns, tags and keys.</summary>
/// <param name="Container">The generic class around them, without type parameters; null for ordinary methods.</param>
/// <param name="Prefix">The way to them from the containing type.</param>
/// <param name="Texts">The method of each text that has holes.</param>
internal sealed record InvalidatingMethodNames(string? Container, string Prefix, IReadOnlyDictionary<PatternModel, string> Texts, string KeyParts)
{
    public static InvalidatingMethodNames Take(NameScope scope, InvalidatingMethodModel model)
    {
        string type = model.Type.Names.Patterns;
        bool isGeneric = model.Method.Generics.Parameters.Count > 0;
        string? container = isGeneric ? scope.Take(Display.Identifier(model.Method.Name)) : null;
        var inner = isGeneric ? new NameScope(model.Method.Generics.Parameters.Prepend(container!)) : scope;
        string name = isGeneric ? "Pattern" : Display.Identifier(model.Method.Name);
        var texts = model.Texts.Where(text => text.Holes.Any()).Distinct().ToDictionary(text => text, _ => inner.Take(name));
        string parts = isGeneric ? inner.Take(model.Type.Names.KeyParts) : model.Type.Names.KeyParts;
        return new(container, isGeneric ? $"{type}.{container}{model.Method.Generics.List}." : type + ".", texts, parts);
    }
}
