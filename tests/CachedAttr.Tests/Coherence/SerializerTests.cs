using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using CachedAttr.Backends;
using CachedAttr.Serialization;

namespace CachedAttr.Tests.Coherence;

/// <summary>Serializers of the application's own, as docs/backends.md shows them.</summary>
public sealed partial class SerializerTests : IAsyncDisposable
{
    private readonly Nodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task System_Text_Json_takes_the_types_that_it_knows()
    {
        var a = _nodes.Add(options => options.Serializers.Add(new JsonSerializers(PageContext.Default.Options)));
        var b = _nodes.Add(options => options.Serializers.Add(new JsonSerializers(PageContext.Default.Options)));
        var page = new Page("Zürich", [1, 2, 3]);
        await a.Cache.SetAsync("k", page);
        Assert.Equivalent(page, await b.Cache.GetAsync<Page>("k"));
        var entry = (await _nodes.Store.GetAsync("k", BackendCall.Async()))!.Value;
        EntryHeader.TryRead(new(entry), out var header, out var payload);
        Assert.Equal(EntryHeader.FingerprintOf(entry.Span, schemaFingerprint: 0), header.SchemaFingerprint);
        Assert.Equal("""{"Title":"Z\u00FCrich","Ids":[1,2,3]}""", System.Text.Encoding.UTF8.GetString(payload.ToArray()));
    }

    [Fact]
    public async Task What_it_does_not_know_is_written_as_ever()
    {
        var a = _nodes.Add(options => options.Serializers.Add(new JsonSerializers(PageContext.Default.Options)));
        var b = _nodes.Add();
        await a.Cache.SetAsync("k", 1.5m);
        Assert.Equal(1.5m, await b.Cache.GetAsync<decimal>("k"));
    }

    [Fact]
    public async Task A_payload_that_it_refuses_is_a_miss()
    {
        var a = _nodes.Add(options => options.Serializers.Add(new JsonSerializers(PageContext.Default.Options)));
        var b = _nodes.Add(options => options.Serializers.Add(new Refusing()));
        await a.Cache.SetAsync("k", new Page("t", []));
        Assert.False((await b.Cache.TryGetAsync<Page>("k")).Found);
        Assert.Equal(1, b.Cache.Backend!.Unreadable);
        await b.Cache.SetAsync("other", new Page("t", []));
        Assert.Equal(1, b.Log.Count("SerializationFailed"));
        Assert.NotNull(await b.Cache.GetAsync<Page>("other"));
    }

    [Fact]
    public async Task A_type_without_a_serializer_stays_in_the_process_and_it_is_said_once()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.Cache.SetAsync("k", new Page("t", []));
        await a.Cache.SetAsync("l", new Page("t", []));
        Assert.NotNull(await a.Cache.GetAsync<Page>("k"));
        Assert.Null(await b.Cache.GetAsync<Page>("k"));
        Assert.Equal(1, a.Log.Count("NoSerializer"));
        await b.Cache.InvalidateAsync("k");
        Assert.Null(await a.Cache.GetAsync<Page>("k"));
    }

    private sealed record Page(string Title, IReadOnlyList<int> Ids);

    [JsonSerializable(typeof(Page))]
    private sealed partial class PageContext : JsonSerializerContext;

    private sealed class JsonSerializers(JsonSerializerOptions options) : ICacheSerializerFactory
    {
        public bool TryCreate<T>([NotNullWhen(true)] out ICacheSerializer<T>? serializer) =>
            (serializer = options.TryGetTypeInfo(typeof(T), out var info) ? new Json<T>((JsonTypeInfo<T>)info) : null) is not null;
    }

    private sealed class Json<T>(JsonTypeInfo<T> info) : ICacheSerializer<T>
    {
        public void Serialize(T value, IBufferWriter<byte> destination)
        {
            using var writer = new Utf8JsonWriter(destination);
            JsonSerializer.Serialize(writer, value, info);
        }

        public T Deserialize(ReadOnlySequence<byte> payload)
        {
            var reader = new Utf8JsonReader(payload);
            return JsonSerializer.Deserialize(ref reader, info)!;
        }
    }

    private sealed class Refusing : ICacheSerializerFactory
    {
        public bool TryCreate<T>([NotNullWhen(true)] out ICacheSerializer<T>? serializer)
        {
            serializer = typeof(T) == typeof(Page) ? new Throwing<T>() : null;
            return serializer is not null;
        }

        private sealed class Throwing<T> : ICacheSerializer<T>
        {
            public void Serialize(T value, IBufferWriter<byte> destination) => throw new FormatException("not this one");

            public T Deserialize(ReadOnlySequence<byte> payload) => throw new FormatException("not this one");
        }
    }
}
