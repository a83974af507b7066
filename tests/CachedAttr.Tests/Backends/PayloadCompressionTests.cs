using System.Buffers;
using CachedAttr.Backends;
using CachedAttr.Serialization;
using CachedAttr.Tests.Serialization;
using SerializationHarness;

namespace CachedAttr.Tests.Backends;

public sealed class PayloadCompressionTests
{
    [Theory]
    [InlineData(50), InlineData(1000), InlineData(4095), InlineData(4096), InlineData(4097), InlineData(65536), InlineData(1_000_000)]
    public void A_payload_comes_back_as_it_was(int length)
    {
        byte[] payload = Text(length);
        byte[] compressed = Compress(payload);
        Assert.InRange(compressed.Length, 1, payload.Length - 1);
        Assert.Equal(payload, Decompress(new ReadOnlySequence<byte>(compressed), length));
        for (int at = 0; at <= compressed.Length; at += Math.Max(1, compressed.Length / 50))
            Assert.Equal(payload, Decompress(Segments.Split(compressed, at), length));
    }

    [Fact]
    public void Every_small_length_comes_back()
    {
        for (int length = 60; length < 2000; length++)
        {
            byte[] payload = Text(length);
            Assert.Equal(payload, Decompress(Segments.Shatter(Compress(payload)), length));
        }
    }

    [Fact]
    public void What_compression_does_not_shorten_is_left_alone()
    {
        byte[] noise = new byte[1000];
        new Random(1).NextBytes(noise);
        using PooledBufferWriter buffer = new();
        Assert.False(PayloadCompression.TryCompress(noise, buffer));
        Assert.False(PayloadCompression.TryCompress([], buffer));
        Assert.Equal(0, buffer.WrittenCount);
    }

    [Fact]
    public void A_payload_longer_than_allowed_is_refused() =>
        Assert.Null(Decompress(new ReadOnlySequence<byte>(Compress(Text(1000))), 999));

    [Fact]
    public void A_stream_that_yields_more_or_less_than_announced_is_refused()
    {
        byte[] stream = Compress(Text(1000))[3..];
        foreach (uint announced in new uint[] { 0, 1, 999, 1001, 4_000_000_000 })
        {
            byte[] forged = Codec.Bytes((ref w) =>
            {
                w.WriteUInt32(announced);
                w.WriteRaw(stream);
            });
            Assert.Null(Decompress(new ReadOnlySequence<byte>(forged), int.MaxValue));
        }
    }

    [Fact]
    public void A_bomb_takes_no_more_memory_than_it_announces()
    {
        byte[] bomb = [0xcd, 0x10, 0x00, .. Compress(new byte[50_000_000])[5..]];
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Null(Decompress(new ReadOnlySequence<byte>(bomb), int.MaxValue));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    [Fact]
    public void Damaged_streams_are_refused_or_short()
    {
        byte[] compressed = Compress(Text(3000));
        for (int length = 0; length < compressed.Length; length++)
            Assert.Null(Decompress(new ReadOnlySequence<byte>(compressed[..length]), 3000));
        Assert.Null(Decompress(new ReadOnlySequence<byte>([.. compressed, 0]), 3000));
        Random random = new(1);
        for (int i = 0; i < 5000; i++)
        {
            byte[] damaged = [.. compressed];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            byte[]? payload = Decompress(new ReadOnlySequence<byte>(damaged), 3000);
            Assert.InRange(payload?.Length ?? 0, 0, 3000);
        }
    }

    private static byte[] Text(int length)
    {
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++)
            text[i] = (byte)("cached values repeat themselves "[i % 32] + (i / 977 % 3));
        return text;
    }

    private static byte[] Compress(byte[] payload)
    {
        using PooledBufferWriter buffer = new();
        Assert.True(PayloadCompression.TryCompress(payload, buffer));
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[]? Decompress(ReadOnlySequence<byte> compressed, int maxLength)
    {
        using PooledBufferWriter buffer = new();
        return PayloadCompression.TryDecompress(compressed, maxLength, buffer) ? buffer.WrittenSpan.ToArray() : null;
    }
}
