using System.Text;
using CachedAttr.Backends;
using CachedAttr.Keys;

namespace CachedAttr.Database;

/// <summary>A stretch of keys in the order of their bytes, which is read page by page.</summary>
internal static class KeyRange
{
    public const int PageSize = 500;

    /// <summary>What the stored keys that a pattern matches begin with.</summary>
    public static string Head(KeyPattern pattern) =>
        pattern.LiteralPrefix.Length * 3 < BackendKey.MaxBytes / 2 ? pattern.LiteralPrefix : "";

    /// <summary>The first that is behind all keys that begin so.</summary>
    public static byte[] End(byte[] head) => [.. head, 0xFF]; // no byte of UTF-8

    /// <summary>The first behind one key.</summary>
    public static byte[] After(byte[] key) => [.. key, 0];

    /// <summary>The cache's key.</summary>
    public static string Text(byte[] key, string prefix) => Encoding.UTF8.GetString(key)[prefix.Length..];
}
