using System.Buffers;
using CachedAttr.Serialization;

namespace CachedAttr.Interop;

/// <summary>What an <see cref="Microsoft.Extensions.Caching.Distributed.IDistributedCache"/> keeps under a key.</summary>
/// <param name="Value">The bytes; nobody writes to them.</param>
/// <param name="Sliding">How long it lives without a read; zero: no matter.</param>
internal sealed record DistributedItem(byte[] Value, TimeSpan Sliding);

/// <summary>Writes one as <c>[milliseconds, bytes]</c>.</summary>
internal sealed class DistributedItemSerializer : ICacheSerializer<DistributedItem>
{
    public static DistributedItemSerializer Instance { get; } = new();

    public ulong SchemaFingerprint => 0x0001_4C4F_4B45_4E53;

    public void Serialize(DistributedItem value, IBufferWriter<byte> destination)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(2);
        writer.WriteInt64((long)value.Sliding.TotalMilliseconds);
        writer.WriteBinary(value.Value);
        writer.Flush();
    }

    public DistributedItem Deserialize(ReadOnlySequence<byte> payload)
    {
        var reader = new MessagePackReader(payload);
        if (reader.ReadArrayHeader() != 2)
            throw new MessagePackException("An item is two values.");
        long sliding = reader.ReadInt64();
        return new(reader.ReadBinary() ?? [], TimeSpan.FromMilliseconds(sliding));
    }
}
