namespace CachedAttr.Loading;

/// <summary>What a <see cref="CacheScope"/>, or one call, asks for.</summary>
[Flags]
internal enum ScopeKind
{
    None = 0,

    /// <summary>Loads afresh.</summary>
    Bypass = 1,

    /// <summary>Does not store.</summary>
    NoStore = 2,

    /// <summary>Does not look in this process.</summary>
    NoLocalRead = 4,

    /// <summary>Does not look in the backend.</summary>
    NoBackendRead = 8,

    /// <summary>Does not store in the backend.</summary>
    NoBackendStore = 16,
}
