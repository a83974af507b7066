using System.Security.Cryptography;
using System.Text;

namespace CachedAttr.Keys;

/// <summary>Where the secret of keyed hashes comes from.</summary>
internal static class KeySecrets
{
    // One for the process, so that several caches in it agree.
    private static readonly byte[] Random = RandomNumberGenerator.GetBytes(32);

    /// <summary>The configured secret, or a random one for this process: keys that contain a hash are then not shared with other processes.</summary>
    public static ReadOnlyMemory<byte> From(string? configured) =>
        string.IsNullOrEmpty(configured) ? Random : SHA256.HashData(Encoding.UTF8.GetBytes(configured));
}
