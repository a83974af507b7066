namespace CachedAttr;

/// <summary>Where the values of a cached method are kept.</summary>
[Flags]
public enum CacheTiers
{
    /// <summary>Nowhere: every call loads.</summary>
    None = 0,

    /// <summary>In this process.</summary>
    Local = 1,

    /// <summary>In the configured backend. With the memory backend, which is the local tier itself, this means the same as <see cref="Local"/>.</summary>
    Backend = 2,

    /// <summary>In this process and in the backend.</summary>
    Both = Local | Backend,
}
