using System.Text;
using CachedAttr.Backends;

namespace CachedAttr.Database.Tests;

/// <summary>Entries, and what is in them.</summary>
internal static class Entries
{
    private static readonly BackendCall Call = BackendCall.Async();

    public static async Task<LogPosition> PresentAsync(this ICacheBackend backend) => (await backend.ReadLogAsync(LogPosition.None, Call)).End;

    public static byte[] Of(LogPosition position, string payload)
    {
        byte[] text = Encoding.UTF8.GetBytes(payload), entry = new byte[EntryHeader.Length + text.Length];
        new EntryHeader { SchemaFingerprint = 1, Epoch = position.Epoch, Stamp = position.Sequence }.Write(entry);
        text.CopyTo(entry, EntryHeader.Length);
        return entry;
    }

    /// <summary>Stores an entry loaded at the log's present.</summary>
    public static async Task<bool> SetNowAsync(this ICacheBackend backend, string key, string payload = "value", TimeSpan? timeToLive = null) =>
        await backend.SetAsync(key, Of(await backend.PresentAsync(), payload), timeToLive ?? TimeSpan.FromMinutes(10), Call);

    /// <summary>What is under a key: its payload's text, "tombstone", or null.</summary>
    public static async Task<string?> TextAsync(this ICacheBackend backend, string key)
    {
        if (await backend.GetAsync(key, Call) is not { } bytes)
            return null;
        Assert.True(EntryHeader.TryRead(new(bytes), out var header, out var payload));
        return header.IsTombstone ? "tombstone" : Encoding.UTF8.GetString(payload);
    }

    public static async Task<LogPage> InvalidateKeyAsync(this ICacheBackend backend, string key) =>
        await backend.InvalidateAsync([new(InvalidationKind.Key, key)], LogPosition.None, Call);
}
