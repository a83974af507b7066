namespace CachedAttr.Generators.Model;

/// <summary>A type with all its generated methods: what one file is written from.</summary>
/// <remarks>
/// The rules for this and all models: strings, numbers, enums and equatable arrays only. Nothing of Roslyn, no locations. Equality covers every
/// property, because the emitters may read every property.
/// </remarks>
internal sealed record CachedTypeModel(
    ContainingTypeModel Type, EquatableArray<CachedMethodModel> Cached, EquatableArray<InvalidatingMethodModel> Invalidating,
    EquatableArray<RefusedMethodModel> Refused);
