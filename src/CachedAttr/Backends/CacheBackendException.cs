namespace CachedAttr.Backends;

/// <summary>A backend could not do what it was asked for. Thrown to callers only if <see cref="CacheOptions.FailSilently"/> is off.</summary>
public sealed class CacheBackendException : Exception
{
    /// <summary>An exception without a message of its own.</summary>
    public CacheBackendException()
        : base("The cache's backend failed.")
    {
    }

    /// <summary>An exception.</summary>
    /// <param name="message">What failed, and the setting to look at.</param>
    public CacheBackendException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its cause.</summary>
    /// <param name="message">What failed, and the setting to look at.</param>
    /// <param name="innerException">What the backend's client threw.</param>
    public CacheBackendException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
