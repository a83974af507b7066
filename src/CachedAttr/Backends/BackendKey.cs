using System.Security.Cryptography;
using System.Text;

namespace CachedAttr.Backends;

/// <summary>The key under which a backend keeps an entry: the prefix, and the cache's key, shortened if it is long.</summary>
public static class BackendKey
{
    /// <summary>Keys with more bytes in UTF-8 are shortened.</summary>
    public const int MaxBytes = 200;

    // "%h" is no escape that KeyWriter writes, so a shortened key is nobody's key in full.
    private const string Mark = "%h";
    private const int HashBytes = 16;
    private const int HeadBytes = MaxBytes - 2 - (2 * HashBytes);

    /// <summary>The key in the backend.</summary>
    /// <param name="prefix">Stands before it, whatever its length.</param>
    /// <param name="key">The cache's key.</param>
    /// <returns>The key, with the first 128 bits of its SHA-256 in place of its end if it is long.</returns>
    public static string Of(string prefix, string key)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(key);

        // A character takes at most three bytes, so most keys need not be counted.
        return key.Length * 3 <= MaxBytes || Encoding.UTF8.GetByteCount(key) <= MaxBytes ? prefix + key : prefix + Shorten(key);
    }

    private static string Shorten(string key)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(key);
        int head = HeadBytes;
        while ((bytes[head] & 0xC0) == 0x80)
            head--; // not in the middle of a character
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return string.Concat(Encoding.UTF8.GetString(bytes, 0, head), Mark, Convert.ToHexStringLower(hash[..HashBytes]));
    }
}
