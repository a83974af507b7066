namespace CachedAttr.Loading;

/// <summary>What a <see cref="CacheScope"/> asks for.</summary>
[Flags]
internal enum ScopeKind
{
    None = 0,

    /// <summary>Loads afresh.</summary>
    Bypass = 1,

    /// <summary>Does not store.</summary>
    NoStore = 2,
}
