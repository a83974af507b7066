using System.Collections.Concurrent;

namespace CachedAttr.Backends;

/// <summary>What all backends of a process over one distributed cache share: their order, their locks, and the keys that they have stored.</summary>
internal sealed class DistributedCacheState
{
    // Beyond this a scan does not find everything; it is for tools.
    private const int MaxKeys = 100_000;

    private readonly ConcurrentDictionary<(string Prefix, string Key), bool> _keys = new();
    private MemoryLocks? _locks;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    public MemoryLocks Locks(TimeProvider time) => LazyInitializer.EnsureInitialized(ref _locks, () => new MemoryLocks(time));

    public void Remember(string prefix, string key)
    {
        if (_keys.Count < MaxKeys)
            _keys.TryAdd((prefix, key), true);
    }

    public IEnumerable<string> KeysOf(string prefix) => _keys.Keys.Where(key => key.Prefix == prefix).Select(static key => key.Key);
}
