using System.Collections.Concurrent;
using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>All cached methods that a compilation knows: its own, and those of the assemblies that it refers to.</summary>
/// <remarks>Found when it is first asked for, and kept as long as the compilation is analyzed. Can be used by several threads.</remarks>
internal sealed class KeySpace
{
    private static readonly CompilationCache<KeySpace> Known = new(Find);
    private readonly ConcurrentDictionary<(string, string), string?> _partsInCommon = new();
    private readonly ILookup<(int? Count, string? Begin, string? End), (CachedKey Key, int Index)> _groups;
    private readonly Dictionary<ISymbol, CachedKey> _byMethod = new(SymbolEqualityComparer.Default);

    private KeySpace(IReadOnlyList<CachedKey> referenced, IReadOnlyList<CachedKey> own)
    {
        Referenced = referenced;
        Own = own;
        _groups = All.Select((key, index) => (Key: key, Index: index)).ToLookup(entry => (entry.Key.Parts?.Count, Begin(entry.Key), End(entry.Key)));
        foreach (var key in own.Where(key => key.Method is not null))
            _byMethod[key.Method!] = key;
    }

    public IReadOnlyList<CachedKey> Referenced { get; }

    /// <summary>Those of the compilation, in the order in which they are written.</summary>
    public IReadOnlyList<CachedKey> Own { get; }

    public IEnumerable<CachedKey> All => Referenced.Concat(Own);

    public static KeySpace Of(Compilation compilation, CancellationToken cancellationToken) => Known.Of(compilation, cancellationToken);

    private static KeySpace Find(Compilation compilation, CancellationToken cancellationToken) => new(
        [.. Manifest.Referenced(compilation).SelectMany(assembly => Keys(compilation, assembly, cancellationToken))],
        [.. Keys(compilation, compilation.Assembly, cancellationToken).OrderBy(Path, StringComparer.Ordinal).ThenBy(Position)]);

    /// <summary>The key of one of the compilation's methods.</summary>
    public CachedKey? Find(IMethodSymbol method) => _byMethod.TryGetValue(method, out var key) ? key : null;

    /// <summary>
    /// The methods that may have a key in common with one, in their order: those whose keys have as many parts, and no other text where both have a text.
    /// </summary>
    public IEnumerable<CachedKey> Near(CachedKey own) => _groups
        .Where(group => own.Parts is null || group.Key.Count is null
            || (own.Parts.Count == group.Key.Count && Agree(Begin(own), group.Key.Begin) && Agree(End(own), group.Key.End)))
        .SelectMany(group => group).OrderBy(entry => entry.Index).Select(entry => entry.Key);

    private static bool Agree(string? one, string? other) => one is null || other is null || one == other;

    private static string? Begin(CachedKey key) => key.Parts?[0].Literal;

    private static string? End(CachedKey key) => key.Parts?[key.Parts.Count - 1].Literal;

    /// <summary>A key that both methods can have; null if there is none.</summary>
    public string? KeyInCommon(CachedKey one, CachedKey other)
    {
        if (!HaveSameHead(one.Head, other.Head))
            return null;
        if (one.Parts is null || other.Parts is null)
            return Outline.MayMeet(one.Outline, other.Outline) ? Intersection.Find(one.Texts.Value, other.Texts.Value) : null;
        if (one.Parts.Count != other.Parts.Count)
            return null;

        // Most differ in a literal; only what does not is worth a look at holes.
        for (int i = 0; i < one.Parts.Count; i++)
        {
            if (one.Parts[i].Literal is { } literal && other.Parts[i].Literal is { } text && literal != text)
                return null;
        }

        var parts = new string[one.Parts.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (PartInCommon(one.Parts[i], other.Parts[i]) is not { } part)
                return null;
            parts[i] = part;
        }

        return string.Join(":", parts);
    }

    private static bool HaveSameHead(string one, string other) => string.CompareOrdinal(one, 0, other, 0, Math.Min(one.Length, other.Length)) == 0;

    private string? PartInCommon(KeyPart one, KeyPart other)
    {
        if (one.Literal is { } literal && other.Literal is not null)
            return literal;
        if (!Outline.MayMeet(one.Outline, other.Outline))
            return null;
        return _partsInCommon.GetOrAdd((one.Name, other.Name), _ => Intersection.Find(one.Texts.Value, other.Texts.Value));
    }

    private static IEnumerable<CachedKey> Keys(Compilation compilation, IAssemblySymbol assembly, CancellationToken cancellationToken)
    {
        foreach (var method in Manifest.Of(assembly).GroupBy(entry => (entry.Type, entry.Method)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var visible = Manifest.Types(assembly, method.Key.Type).SelectMany(type => type.GetMembers(method.Key.Method)).OfType<IMethodSymbol>()
                .Select(symbol => Parse(compilation, symbol, cancellationToken)).Where(key => key is not null).Select(key => key!).ToList();
            foreach (var key in visible)
                yield return key;
            foreach (var entry in method.Where(entry => !visible.Exists(key => key.Template == entry.Template)))
                yield return CachedKey.OfTemplate($"{entry.Type}.{entry.Method}", entry.Template, entry.ValueType, entry.Tags);
        }
    }

    private static CachedKey? Parse(Compilation compilation, IMethodSymbol method, CancellationToken cancellationToken)
    {
        if (method.FindAttribute(AttributedMethod.CachedName) is not { } attribute)
            return null;
        var context = new MethodContext(method, null, compilation, cancellationToken);
        var key = KeyParser.Parse(context, attribute, out var types, out var many);
        SignatureParser.ReturnsOf(method.ReturnType, out var result);
        var value = many is null ? result : KeyParser.ManyOf(context, attribute)?.Value;
        if (key is null || value is null)
            return null;
        string valueType = value.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Short();
        return CachedKey.Of(method, key, valueType, [.. types], Tags) with { IsOfMany = many is not null, CacheName = attribute.Named("Cache") as string, TagTemplates = attribute.NamedStrings("Tags") };

        List<Automaton> Tags()
        {
            var tagged = new MethodContext(method, null, compilation, cancellationToken);
            var holes = new HoleParser(tagged, result, eachElement: true);
            var tags = new PatternParser(tagged, holes, holes, hasResult: true, attribute: 0).Tags(attribute);
            return [.. tags.Select(tag => KeyTexts.Of(tag.Segments, []).Automaton().Value)];
        }
    }

    private static string Path(CachedKey key) => key.Method?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath ?? "";

    private static int Position(CachedKey key) => key.Method?.DeclaringSyntaxReferences.FirstOrDefault()?.Span.Start ?? 0;
}
