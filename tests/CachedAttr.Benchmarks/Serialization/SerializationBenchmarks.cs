using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using CachedAttr.Serialization;

namespace CachedAttr.Benchmarks.Serialization;

/// <summary>
/// Writing and reading one record and one list, against System.Text.Json with its source generator; both write into a pooled buffer.
/// <c>CopyOfRecord</c> and <c>CopyOfList</c> show what the objects themselves allocate. Sizes are printed once.
/// </summary>
[MemoryDiagnoser]
[CategoriesColumn]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
public class SerializationBenchmarks : IDisposable
{
    private readonly Side<ServerRecord> _record =
        new(Payloads.Record, PayloadService.SerializerOf<ServerRecord>(nameof(PayloadService.GetRecord)), PayloadJson.Default.ServerRecord);

    private readonly Side<List<Tool>> _list =
        new(Payloads.Tools, PayloadService.SerializerOf<List<Tool>>(nameof(PayloadService.GetTools)), PayloadJson.Default.ListTool);

    [GlobalSetup]
    public void Setup()
    {
        Console.WriteLine($"// record: {_record.Sizes}");
        Console.WriteLine($"// list:   {_list.Sizes}");
    }

    [Benchmark(Baseline = true), BenchmarkCategory("record, write")]
    public int RecordToJson() => _record.ToJson();

    [Benchmark, BenchmarkCategory("record, write")]
    public int RecordToMessagePack() => _record.ToMessagePack();

    [Benchmark(Baseline = true), BenchmarkCategory("record, read")]
    public ServerRecord? RecordFromJson() => _record.FromJson();

    [Benchmark, BenchmarkCategory("record, read")]
    public ServerRecord? RecordFromMessagePack() => _record.FromMessagePack();

    [Benchmark, BenchmarkCategory("record, read")]
    public ServerRecord CopyOfRecord() => ObjectCopy.Of(Payloads.Record);

    [Benchmark(Baseline = true), BenchmarkCategory("list, write")]
    public int ListToJson() => _list.ToJson();

    [Benchmark, BenchmarkCategory("list, write")]
    public int ListToMessagePack() => _list.ToMessagePack();

    [Benchmark(Baseline = true), BenchmarkCategory("list, read")]
    public List<Tool>? ListFromJson() => _list.FromJson();

    [Benchmark, BenchmarkCategory("list, read")]
    public List<Tool>? ListFromMessagePack() => _list.FromMessagePack();

    [Benchmark, BenchmarkCategory("list, read")]
    public List<Tool> CopyOfList() => ObjectCopy.Of(Payloads.Tools);

    [GlobalCleanup]
    public void Dispose()
    {
        _record.Dispose();
        _list.Dispose();
    }

    /// <summary>One value, its two serializers and its two payloads.</summary>
    private sealed class Side<T> : IDisposable
    {
        private readonly T _value;
        private readonly ICacheSerializer<T> _messagePack;
        private readonly JsonTypeInfo<T> _json;
        private readonly PooledBufferWriter _buffer = new();
        private readonly Utf8JsonWriter _jsonWriter;
        private readonly byte[] _jsonPayload;
        private readonly ReadOnlySequence<byte> _messagePackPayload;

        public Side(T value, ICacheSerializer<T> messagePack, JsonTypeInfo<T> json)
        {
            _value = value;
            _messagePack = messagePack;
            _json = json;
            _jsonWriter = new Utf8JsonWriter(_buffer);
            ToJson();
            _jsonPayload = _buffer.WrittenSpan.ToArray();
            ToMessagePack();
            _messagePackPayload = new ReadOnlySequence<byte>(_buffer.WrittenSpan.ToArray());
        }

        public string Sizes => FormattableString.Invariant(
            $"JSON {_jsonPayload.Length} bytes, MessagePack {_messagePackPayload.Length} bytes = {100.0 * _messagePackPayload.Length / _jsonPayload.Length:F1} %");

        public int ToJson()
        {
            _buffer.Clear();
            _jsonWriter.Reset();
            JsonSerializer.Serialize(_jsonWriter, _value, _json);
            return _buffer.WrittenCount;
        }

        public int ToMessagePack()
        {
            _buffer.Clear();
            _messagePack.Serialize(_value, _buffer);
            return _buffer.WrittenCount;
        }

        public T? FromJson() => JsonSerializer.Deserialize(_jsonPayload, _json);

        public T FromMessagePack() => _messagePack.Deserialize(_messagePackPayload);

        public void Dispose()
        {
            _jsonWriter.Dispose();
            _buffer.Dispose();
        }
    }

}
