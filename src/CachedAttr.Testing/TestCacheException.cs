namespace CachedAttr.Testing;

/// <summary>An assertion of <see cref="TestCache"/> does not hold.</summary>
public sealed class TestCacheException : Exception
{
    /// <summary>Says that it does not hold.</summary>
    public TestCacheException()
    {
    }

    /// <summary>Says what does not hold.</summary>
    /// <param name="message">What.</param>
    public TestCacheException(string message)
        : base(message)
    {
    }

    /// <summary>Says what does not hold, and why.</summary>
    /// <param name="message">What.</param>
    /// <param name="innerException">Why.</param>
    public TestCacheException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
