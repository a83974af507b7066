using System.Security.Cryptography;
using System.Text;
using CachedAttr.Backends;

namespace CachedAttr.Database;

/// <summary>What a record of the log is found by: texts may be longer than what an index takes.</summary>
internal static class LogTarget
{
    private const int Length = 16;

    /// <summary>The first 128 bits of the SHA-256 of kind and text.</summary>
    public static byte[] Of(InvalidationKind kind, byte[] text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        byte[] all = [(byte)kind, .. text];
        SHA256.HashData(all, hash);
        return hash[..Length].ToArray();
    }

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
