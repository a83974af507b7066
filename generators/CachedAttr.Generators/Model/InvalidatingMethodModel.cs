namespace CachedAttr.Generators.Model;

/// <summary>A method with one or more <c>[InvalidateCache]</c>.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Method">Its declaration.</param>
/// <param name="Invalidations">The attributes, in the order written.</param>
/// <param name="Puts">The values that it stores.</param>
/// <param name="Shapes">All types that holes compose member by member.</param>
internal sealed record InvalidatingMethodModel(
    ContainingTypeModel Type, MethodModel Method, EquatableArray<InvalidationModel> Invalidations, EquatableArray<PutModel> Puts, EquatableArray<TypeShapeModel> Shapes)
{
    /// <summary>Everything for which a text is made: patterns, then tags, of each attribute; then keys and tags of each value stored.</summary>
    public IEnumerable<PatternModel> Texts => Invalidations.SelectMany(invalidation => invalidation.Patterns.Concat(invalidation.Tags))
        .Concat(Puts.SelectMany(put => put.Tags.Prepend(put.Key)));
}

/// <summary>What one attribute invalidates, and when.</summary>
internal sealed record InvalidationModel(InvalidationTime On, CallModel? When, EquatableArray<PatternModel> Patterns, EquatableArray<PatternModel> Tags);

/// <summary>A <c>[CachePut]</c>.</summary>
internal sealed record PutModel(PatternModel Key, double? Ttl, CallModel? When, EquatableArray<PatternModel> Tags);

/// <summary>The values of the attribute's <c>On</c>.</summary>
internal enum InvalidationTime
{
    Success = 0,
    Before = 1,
    Always = 2,
}

/// <summary>A pattern; its literals may contain wildcards.</summary>
internal sealed record PatternModel(EquatableArray<KeySegment> Segments)
{
    public IEnumerable<HoleModel> Holes => Segments.Where(segment => segment.Hole is not null).Select(segment => segment.Hole!).Distinct();

    /// <summary>It as it was written, formats left out.</summary>
    public string Template => string.Concat(Segments.Select(segment => segment.Literal ?? "{" + segment.Hole!.Text + "}"));

    public bool UsesSecret => Holes.Any(hole => hole.Kind == HoleKind.Hashed);

    /// <summary>The collection for each of whose elements there is one such text.</summary>
    public EachModel? Each => Holes.Select(hole => hole.Each).FirstOrDefault(each => each is not null);
}
