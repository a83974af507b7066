namespace CachedAttr;

/// <summary>
/// A key together with the type of its value, as the generated <c>CacheKeys</c> classes make it: <c>ServerService.CacheKeys.GetServer(42)</c>.
/// It converts to <see cref="string"/> and is accepted wherever a key is.
/// </summary>
/// <typeparam name="T">The type of the value under the key.</typeparam>
/// <param name="Text">The key.</param>
public readonly record struct CacheKey<T>(string Text)
{
    /// <summary>The key as text.</summary>
    /// <param name="key">The key.</param>
    public static implicit operator string(CacheKey<T> key) => key.Text;

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>What a lookup found.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Found">Whether there is a valid entry; its value may be <see langword="null"/>.</param>
/// <param name="Value">The value; the default of <typeparamref name="T"/> if none was found.</param>
public readonly record struct CacheLookup<T>(bool Found, T? Value);
