namespace CachedAttr.Generators.Model;

/// <summary>A method with one or more <c>[InvalidateCache]</c>.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Method">Its declaration.</param>
/// <param name="Invalidations">The attributes, in the order written.</param>
/// <param name="Shapes">All types that holes of patterns compose member by member.</param>
internal sealed record InvalidatingMethodModel(
    ContainingTypeModel Type, MethodModel Method, EquatableArray<InvalidationModel> Invalidations, EquatableArray<TypeShapeModel> Shapes);

/// <summary>What one attribute invalidates, and when.</summary>
internal sealed record InvalidationModel(InvalidationTime On, CallModel? When, EquatableArray<PatternModel> Patterns);

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

    public bool UsesSecret => Holes.Any(hole => hole.Kind == HoleKind.Hashed);
}
