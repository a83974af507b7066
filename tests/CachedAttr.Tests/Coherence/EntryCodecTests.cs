using System.Buffers;
using System.Text;
using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Serialization;

namespace CachedAttr.Tests.Coherence;

/// <summary>An entry is read as it was written, or not at all.</summary>
public sealed class EntryCodecTests
{
    private static readonly EntryHeader Header = new() { Epoch = 1, Stamp = 2, Created = 3, SoftExpiry = 4, Notes = new(["tag"]) };

    [Theory]
    [InlineData(null)]
    [InlineData(10)]
    public void One_wrong_bit_behind_the_stamp_makes_an_entry_a_miss(int? compressAbove)
    {
        var codec = new EntryCodec(10_000, compressAbove);
        byte[] entry = codec.Write(new string('x', 100), new Raw(), Header, out _)!;
        Assert.Equal(new string('x', 100), Read(codec, entry));
        for (int bit = (EntryHeader.StampOffset + sizeof(long)) * 8; bit < entry.Length * 8; bit++)
        {
            byte[] damaged = [.. entry];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Null(Read(codec, damaged));
        }
    }

    [Fact]
    public void Half_of_an_entry_is_a_miss_even_to_a_serializer_that_takes_any_bytes()
    {
        var codec = new EntryCodec(10_000, compressAbove: null);
        byte[] entry = codec.Write(new string('x', 100), new Raw(), Header, out _)!;
        for (int length = 0; length < entry.Length; length++)
            Assert.Null(Read(codec, entry[..length]));
    }

    [Fact]
    public void A_backend_may_replace_epoch_and_stamp()
    {
        var codec = new EntryCodec(10_000, compressAbove: null);
        byte[] entry = codec.Write("value", new Raw(), Header, out _)!;
        EntryHeader.Restamp(entry, new(long.MaxValue, long.MinValue));
        Assert.Equal("value", Read(codec, entry));
    }

    [Fact]
    public void A_flag_that_is_added_leaves_what_was_right_right_and_what_was_wrong_wrong()
    {
        var codec = new EntryCodec(10_000, compressAbove: null);
        byte[] entry = codec.Write("value", new Raw(), Header, out _)!;
        Assert.Equal("value", Read(codec, EntryHeader.With(EntryFlags.Unguarded, entry)!.Value.ToArray()));
        entry[^1] ^= 1;
        Assert.Null(Read(codec, EntryHeader.With(EntryFlags.Unguarded, entry)!.Value.ToArray()));
    }

    [Fact]
    public void Another_shape_is_a_miss()
    {
        var codec = new EntryCodec(10_000, compressAbove: null);
        byte[] entry = codec.Write("value", new Raw { SchemaFingerprint = 1 }, Header, out _)!;
        Assert.True(EntryHeader.TryRead(new(entry), out var header, out var payload));
        Assert.False(codec.TryRead(entry, header, payload, new Raw { SchemaFingerprint = 2 }, out _));
        Assert.True(codec.TryRead(entry, header, payload, new Raw { SchemaFingerprint = 1 }, out _));
    }

    private static string? Read(EntryCodec codec, byte[] entry) =>
        EntryHeader.TryRead(new(entry), out var header, out var payload) && codec.TryRead(entry, header, payload, new Raw(), out string value) ? value : null;

    /// <summary>Takes any bytes for a value, as many a serializer does.</summary>
    private sealed class Raw : ICacheSerializer<string>
    {
        public ulong SchemaFingerprint { get; init; }

        public void Serialize(string value, IBufferWriter<byte> destination) => Encoding.Latin1.GetBytes(value.AsSpan(), destination);

        public string Deserialize(ReadOnlySequence<byte> payload) => Encoding.Latin1.GetString(in payload);
    }
}
