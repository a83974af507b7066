using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>A cached method, of this compilation or of a referenced assembly, with all keys that it can have.</summary>
/// <remarks>Two are equal only if they are the same.</remarks>
internal sealed record CachedKey
{
    private CachedKey(string name, string template, IMethodSymbol? method, string? valueType, KeyTexts texts, Func<List<Automaton>> tags)
    {
        Tags = new(tags);
        Name = name;
        Template = template;
        Method = method;
        ValueType = valueType;
        Outline = texts.Outline;
        Parts = texts.Parts();
        Texts = texts.Automaton();
    }

    /// <summary>For people.</summary>
    public string Name { get; }

    /// <summary>The complete template, without formats.</summary>
    public string Template { get; }

    /// <summary>The method; null if it belongs to another assembly and is not visible.</summary>
    public IMethodSymbol? Method { get; }

    /// <summary>The type of its values, for people.</summary>
    public string? ValueType { get; }

    /// <summary>What all its keys begin with.</summary>
    public string Head => Outline.Head;

    public Outline Outline { get; }

    /// <summary>The parts between <c>:</c>; null where the user's code makes the end of the key.</summary>
    public IReadOnlyList<KeyPart>? Parts { get; }

    public Lazy<Automaton> Texts { get; }

    /// <summary>The tags that its entries carry.</summary>
    public Lazy<List<Automaton>> Tags { get; }

    /// <summary>The same, as they are written.</summary>
    public IReadOnlyList<string> TagTemplates { get; init; } = [];

    /// <summary>Whether the method takes many of its keys at once.</summary>
    public bool IsOfMany { get; init; }

    /// <summary>Which of several caches the attribute names, if it does.</summary>
    public string? CacheName { get; init; }

    /// <summary>A method whose key has been parsed, so that the types in it are known.</summary>
    public static CachedKey Of(IMethodSymbol method, KeyModel key, string valueType, IReadOnlyCollection<ITypeSymbol> types, Func<List<Automaton>> tags)
    {
        var texts = KeyTexts.Of(key.Segments, types);
        if (key.Builder is not null)
            texts.AddHole(HoleTexts.Free);
        return new(method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), key.Template, method, valueType, texts, tags);
    }

    /// <summary>A method of which only what the manifest says is known.</summary>
    public static CachedKey OfTemplate(string name, string template, string? valueType, IReadOnlyList<string> tags) =>
        new(name, template, null, valueType, KeyTexts.Of(template), () => [.. tags.Select(tag => KeyTexts.Of(tag).Automaton().Value)]) { TagTemplates = tags };

    public bool Equals(CachedKey? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
