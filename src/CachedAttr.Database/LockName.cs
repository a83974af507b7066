namespace CachedAttr.Database;

/// <summary>The names of locks in the database.</summary>
internal static class LockName
{
    /// <summary>Of the lease that the sweeping process of all prefixes has.</summary>
    public static byte[] Sweep { get; } = "s"u8.ToArray();

    public static byte[] Of(string prefix, string name) => LogTarget.Bytes("l" + prefix + name);
}
