using System.Security.Cryptography;
using System.Text.Json;
using CachedAttr.Backends;
using CachedAttr.Coherence;

namespace CachedAttr.AspNetCore;

/// <summary>The processes with these pages that follow the invalidation log of one backend: each says every five seconds that it is there, and how far it is.</summary>
/// <remarks>
/// One entry holds all of them. Two that write it at once overwrite each other; but each writes what it has heard as well, so that nobody is lost for longer than
/// the next time. In the backend it is marked as a tombstone, which is no entry of anybody's, so that no search finds it. Thread-safe.
/// </remarks>
internal sealed class NodeRoster : IDisposable
{
    /// <summary>Where the entry is; no key of a template begins so.</summary>
    public const string Key = "#nodes";

    /// <summary>After how long without a sign a process counts as gone.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly BackendTier _tier;
    private readonly string _id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
    private readonly string _name;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, NodeRecord> _known = new(StringComparer.Ordinal);
    private readonly ITimer _timer;
    private int _isBusy;

    public NodeRoster(BackendTier tier, TimeProvider time, string? name = null)
    {
        _tier = tier;
        _name = name ?? FormattableString.Invariant($"{Environment.MachineName}:{Environment.ProcessId}");
        _timer = time.CreateTimer(static state => _ = ((NodeRoster)state!).AnnounceAsync(), this, TimeSpan.Zero, Interval);
    }

    /// <summary>Those that have been heard of lately, this one first.</summary>
    public IReadOnlyList<NodeJson> Snapshot()
    {
        long now = _tier.Follower.Now;
        lock (_gate)
        {
            return
            [
                .. _known.Values.Where(node => IsThere(node, now)).OrderBy(node => node.Id != _id).ThenBy(static node => node.Name, StringComparer.Ordinal)
                    .Select(node => new NodeJson(node.Name, node.Id == _id, Seconds(node.Seen - node.Position), Seconds(now - node.Seen))),
            ];
        }
    }

    /// <summary>Says that this process is there, and hears who else is. Never throws: the next time it is tried again.</summary>
    public async Task AnnounceAsync()
    {
        if (Interlocked.Exchange(ref _isBusy, 1) != 0)
            return;
        try
        {
            var call = BackendCall.Async();
            long before = _tier.Follower.Now, reached = _tier.Follower.Position.Sequence;
            await _tier.UpdateAsync(call);
            await _tier.Follower.FollowAsync(); // the entry's stamp is the present, or another's might be newer
            var position = _tier.Follower.Position;
            if (!_tier.IsTrusted || position.Epoch == 0)
                return;
            Hear(await _tier.Backend.GetAsync(Key, call), new(_id, _name, reached == 0 ? position.Sequence : Math.Min(reached, position.Sequence), reached == 0 ? position.Sequence : before));
            await _tier.Backend.SetAsync(Key, Write(position), Patience * 2, call);
        }
        catch (Exception exception) when (exception is CacheBackendException or OperationCanceledException or ObjectDisposedException)
        {
            // It was logged where it failed.
        }
        finally
        {
            Volatile.Write(ref _isBusy, 0);
        }
    }

    public void Dispose() => _timer.Dispose();

    private static double Seconds(long microseconds) => Math.Max(0, microseconds / 1e6);

    private static bool IsThere(NodeRecord node, long now) => now - node.Seen < (long)Patience.TotalMicroseconds;

    private void Hear(ReadOnlyMemory<byte>? entry, NodeRecord self)
    {
        lock (_gate)
        {
            foreach (var node in Read(entry).Append(self))
            {
                if (!_known.TryGetValue(node.Id, out var last) || last.Seen < node.Seen)
                    _known[node.Id] = node;
            }

            foreach (var node in _known.Values.Where(node => !IsThere(node, self.Seen)).ToList())
                _known.Remove(node.Id);
        }
    }

    private static NodeRecord[] Read(ReadOnlyMemory<byte>? entry)
    {
        try
        {
            return entry is { Length: > EntryHeader.Length } bytes ? JsonSerializer.Deserialize(bytes.Span[EntryHeader.Length..], PagesJsonContext.Default.NodeRecordArray) ?? [] : [];
        }
        catch (JsonException)
        {
            return []; // of another version
        }
    }

    private byte[] Write(LogPosition position)
    {
        byte[] nodes;
        lock (_gate)
            nodes = JsonSerializer.SerializeToUtf8Bytes([.. _known.Values], PagesJsonContext.Default.NodeRecordArray);
        byte[] entry = new byte[EntryHeader.Length + nodes.Length];
        new EntryHeader { Epoch = position.Epoch, Stamp = position.Sequence, Created = position.Sequence, Flags = EntryFlags.Tombstone }.Write(entry);
        nodes.CopyTo(entry, EntryHeader.Length);
        return entry;
    }
}

/// <summary>A process as the entry has it.</summary>
/// <param name="Id">What no other has.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Position">Up to where it knew the log.</param>
/// <param name="Seen">When it said so, by the backend's clock; microseconds since 1970 UTC, as the former.</param>
internal sealed record NodeRecord(string Id, string Name, long Position, long Seen);
