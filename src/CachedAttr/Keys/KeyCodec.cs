using System.ComponentModel;

namespace CachedAttr.Keys;

/// <summary>How the typed key of a method and its key string become each other. Written by the generator.</summary>
/// <typeparam name="TKey">The typed key.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class KeyCodec<TKey>
{
    /// <summary>Writes the key string of a typed key.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="key">The typed key.</param>
    public abstract void Write(ref KeyWriter writer, TKey key);

    /// <summary>Reads a typed key from a key string.</summary>
    /// <param name="text">The key string.</param>
    /// <param name="key">The typed key.</param>
    /// <returns>Whether the text has the form of such a key; it may still be a non-canonical spelling, which the caller finds out by writing it again.</returns>
    public abstract bool TryRead(ReadOnlySpan<char> text, out TKey key);
}
