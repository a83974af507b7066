using System.Buffers;
using CachedAttr.Keys;
using CachedAttr.Loading;
using CachedAttr.Serialization;

namespace CachedAttr.Tests.Loading;

/// <summary>A cached method with the key <c>server:{id}</c> whose own code, its key's and its serializer's, a test can stop or let fail.</summary>
internal sealed class WatchedMethod
{
    private readonly CachedMethod<int, string> _method;

    public WatchedMethod(Cache cache, CachePolicy policy)
    {
        _method = new("Tests.Watched", "Get", "server:{id}", new Codec(this)) { Policy = policy, Serializer = new Serializer(this) };
        Region = _method.In(cache);
    }

    public CacheRegion<int, string> Region { get; }

    /// <summary>Called before a key is written.</summary>
    public Action<int>? KeyWritten { get; set; }

    /// <summary>Called when a value of the backend has been found valid, before it is read.</summary>
    public Action? ValueRead { get; set; }

    public Task<string> GetAsync(int id, Func<CancellationToken, ValueTask<string>> load, CancellationToken cancellationToken = default) =>
        Region.TryGetTask(id, out var hit) ? hit : Region.LoadAsync(id, load, static (load, context) => load(context.Token), cancellationToken);

    public Task<string> GetAsync(int id, string value) => GetAsync(id, _ => new(value));

    public string Get(int id, Func<string> load) => Region.TryGet(id, out string? hit) ? hit : Region.Load(id, load, static (load, _) => load());

    public Task<IReadOnlyDictionary<int, string>> GetManyAsync(
        int[] ids, Func<int[], CancellationToken, ValueTask<IEnumerable<KeyValuePair<int, string>>?>> load, CancellationToken cancellationToken = default) =>
        Region.LoadManyAsync<int, IReadOnlyDictionary<int, string>>(ids, static id => id, (wanted, context) => load(wanted, context.Token), null, cancellationToken);

    public IReadOnlyDictionary<int, string> GetMany(int[] ids, Func<int[], IEnumerable<KeyValuePair<int, string>>?> load) =>
        Region.LoadMany<int, IReadOnlyDictionary<int, string>>(ids, static id => id, (wanted, _) => load(wanted), null);

    public async Task WhenIdleAsync()
    {
        while (Region.Loading > 0 || Region.Cache.Backend is { IsWriting: true })
            await Task.Yield();
    }

    public static IEnumerable<KeyValuePair<int, string>> Each(int[] ids, string value) => ids.Select(id => KeyValuePair.Create(id, value));

    private sealed class Codec(WatchedMethod owner) : KeyCodec<int>
    {
        public override void Write(ref KeyWriter writer, int key)
        {
            owner.KeyWritten?.Invoke(key);
            writer.AppendLiteral("server:");
            writer.Append(key);
        }

        public override bool TryRead(ReadOnlySpan<char> text, out int key)
        {
            key = 0;
            var reader = new KeyReader(text);
            return reader.TryReadLiteral("server:") && reader.TryRead(out key) && reader.AtEnd;
        }
    }

    private sealed class Serializer(WatchedMethod owner) : ICacheSerializer<string>
    {
        private static readonly ICacheSerializer<string> Text = BuiltInSerializers.TryGet<string>(out var text) ? text : throw new InvalidOperationException();

        public ulong SchemaFingerprint => Text.SchemaFingerprint;

        public void Serialize(string value, IBufferWriter<byte> destination) => Text.Serialize(value, destination);

        public string Deserialize(ReadOnlySequence<byte> payload)
        {
            owner.ValueRead?.Invoke();
            return Text.Deserialize(payload);
        }
    }
}
