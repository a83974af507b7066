using CachedAttr.Keys;
using CachedAttr.Loading;
using CachedAttr.Serialization;

namespace CachedAttr.Tests.Loading;

/// <summary>A cached method as the generator would describe it, with the key <c>server:{id}</c>, whose loads a test controls.</summary>
internal sealed class TestMethod<T>
{
    private readonly CachedMethod<int, T> _method;
    private readonly CacheRegion<int, T> _region;
    private int _loads;

    public TestMethod(Cache cache, CachePolicy? policy = null, string head = "server:", string? policyName = null, bool serializer = false)
    {
        _method = new("Tests.Service", "Get", head + "{id}", new HeadCodec(head)) 
        {
            Policy = policy ?? new CachePolicy { Ttl = 600 },
            PolicyName = policyName,
            Serializer = serializer && BuiltInSerializers.TryGet<T>(out var builtIn) ? builtIn : null,
        };
        _region = _method.In(cache);
    }

    public CacheRegion Region => _region;

    /// <summary>How often the source was asked.</summary>
    public int Loads => Volatile.Read(ref _loads);

    public Task<T> GetAsync(int id, Func<CancellationToken, ValueTask<T>> load, CancellationToken cancellationToken = default) =>
        _region.TryGetTask(id, out var hit) ? hit : _region.LoadAsync(id, (self: this, load), static (call, context) => call.self.CountAsync(call.load, context.Token), cancellationToken);

    public Task<T> GetTaggedAsync(int id, Func<CancellationToken, ValueTask<T>> load, params string[] tags) =>
        _region.TryGetTask(id, out var hit) ? hit : _region.LoadAsync(
            id,
            (self: this, load, tags),
            static (call, context) => call.self.CountAsync(call.load, context.Token),
            static (call, _) => StoreRule.Tagged(call.tags),
            CancellationToken.None);

    public Task<IReadOnlyDictionary<int, T>> GetManyAsync(IEnumerable<int> ids, Func<int[], IEnumerable<KeyValuePair<int, T>>> load) =>
        _region.LoadManyAsync<int, IReadOnlyDictionary<int, T>>(ids, static id => id, (wanted, _) => new(load(wanted)), null, CancellationToken.None);

    public Task<IReadOnlyDictionary<int, T>> GetManyAsync(IEnumerable<int> ids, Func<int[], CancellationToken, Task<List<KeyValuePair<int, T>>>> load) =>
        _region.LoadManyAsync<int, IReadOnlyDictionary<int, T>>(
            ids, static id => id, async (wanted, context) => await load(wanted, context.Token), null, CancellationToken.None);

    public Task<T> GetAsync(int id, T value) => GetAsync(id, _ => new(value));

    public T Get(int id, Func<T> load) =>
        _region.TryGet(id, out var hit) ? hit : _region.Load(id, (self: this, load), static (call, _) => call.self.Count(call.load));

    /// <summary>Whether a call would take the shortest way, which entries of the system's clock do.</summary>
    public bool IsHitAtOnce(int id) => _region.TryGet(id, out _);

    public bool IsCached(int id) => _region.RemainingTtl(_method.KeyOf(id).Text) is not null;

    public Task WhenIdleAsync() => SpinAsync(() => _region.Loading == 0);

    private static async Task SpinAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    private ValueTask<T> CountAsync(Func<CancellationToken, ValueTask<T>> load, CancellationToken token)
    {
        Interlocked.Increment(ref _loads);
        return load(token);
    }

    private T Count(Func<T> load)
    {
        Interlocked.Increment(ref _loads);
        return load();
    }

    private sealed class HeadCodec(string head) : KeyCodec<int>
    {
        public override void Write(ref KeyWriter writer, int key)
        {
            writer.AppendLiteral(head);
            writer.Append(key);
        }

        public override bool TryRead(ReadOnlySpan<char> text, out int key)
        {
            key = 0;
            var reader = new KeyReader(text);
            return reader.TryReadLiteral(head) && reader.TryRead(out key) && reader.AtEnd;
        }
    }
}
