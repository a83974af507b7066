using System.Globalization;
using System.Security.Cryptography;
using CachedAttr.Backends;
using CachedAttr.Database.Sqlite;

namespace CachedAttr.Consistency;

/// <summary>Writes entries and invalidations into a file as fast as it can, until it is killed. What has returned it says on its standard output.</summary>
internal static class CrashWriter
{
    public const int Keys = 200;
    public const string Prefix = "crash:";

    private const int Writers = 4;

    public static async Task RunAsync(string file, int seed)
    {
        await using var backend = new SqliteBackend(new() { KeyPrefix = Prefix }, file);
        await backend.ReadLogAsync(LogPosition.None, BackendCall.Async());
        Say("started");
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() => WriteAsync(backend, new Random(HashCode.Combine(seed, writer))))));
    }

    /// <summary>An entry whose payload ends with a checksum of what is before it.</summary>
    public static byte[] Entry(LogPosition position, Random random)
    {
        byte[] entry = new byte[EntryHeader.Length + random.Next(10, 20_000) + sizeof(ulong)];
        new EntryHeader { SchemaFingerprint = 1, Epoch = position.Epoch, Stamp = position.Sequence }.Write(entry);
        var payload = entry.AsSpan(EntryHeader.Length);
        random.NextBytes(payload[..^sizeof(ulong)]);
        BitConverter.TryWriteBytes(payload[^sizeof(ulong)..], Checksum(payload[..^sizeof(ulong)]));
        return entry;
    }

    /// <summary>Whether the payload is that which was written.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> payload) =>
        payload.Length > sizeof(ulong) && BitConverter.ToUInt64(payload[^sizeof(ulong)..]) == Checksum(payload[..^sizeof(ulong)]);

    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BitConverter.ToUInt64(hash);
    }

    private static async Task WriteAsync(SqliteBackend backend, Random random)
    {
        var call = BackendCall.Async();
        while (true)
        {
            string key = random.Next(Keys).ToString(CultureInfo.InvariantCulture);
            var position = (await backend.ReadLogAsync(LogPosition.None, call)).End;
            switch (random.Next(10))
            {
                case 0:
                    Say("key " + key, (await backend.InvalidateAsync([new(InvalidationKind.Key, key)], position, call)).Appended);
                    break;
                case 1:
                    Say("put " + key, (await backend.PutAsync(key, Entry(position, random), TimeSpan.FromMinutes(10), position, call)).Appended);
                    break;
                case 2:
                    string pattern = random.Next(10).ToString(CultureInfo.InvariantCulture) + "*";
                    Say("pattern " + pattern, (await backend.InvalidateAsync([new(InvalidationKind.Pattern, pattern)], position, call)).Appended);
                    break;
                default:
                    await backend.SetAsync(key, Entry(position, random), TimeSpan.FromMinutes(10), call);
                    break;
            }
        }
    }

    private static void Say(string what, long number) => Say(what + " " + number.ToString(CultureInfo.InvariantCulture));

    private static void Say(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}
