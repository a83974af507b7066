using System.Buffers;
using CachedAttr.Backends;
using CachedAttr.Serialization;
using CachedAttr.Tests.Serialization;
using SerializationHarness;

namespace CachedAttr.Tests.Backends;

public sealed class EntryHeaderTests
{
    private static readonly EntryHeader Header = new()
    {
        SchemaFingerprint = 0xfedcba9876543210,
        Epoch = 7,
        Stamp = 1_773_480_000_000_000,
        Created = 1_773_480_000_123_456,
        SoftExpiry = 1_773_480_600_123_456,
        Flags = EntryFlags.Compressed,
    };

    [Fact]
    public void A_header_has_the_bytes_that_are_documented() => Assert.Equal(
        "97" + "01" + "cffedcba9876543210" + "d30000000000000007" + "d300064cf87d6a9000" + "d300064cf87d6c7240" + "d300064cf8a12fb840" + "01",
        Convert.ToHexStringLower(Bytes(Header)));

    [Fact]
    public void The_stamp_is_found_and_replaced_where_it_stands()
    {
        byte[] entry = Bytes(Header);
        Assert.True(EntryHeader.TryReadStamp(entry, out long stamp, out var flags));
        Assert.Equal((Header.Stamp, Header.Flags), (stamp, flags));
        EntryHeader.Restamp(entry, new LogPosition(-9, long.MaxValue));
        Assert.True(EntryHeader.TryRead(new ReadOnlySequence<byte>(entry), out var restamped, out _));
        Assert.Equal(Header with { Epoch = -9, Stamp = long.MaxValue }, restamped);
    }

    [Fact]
    public void A_higher_stamp_is_not_overwritten_and_a_tombstone_counts_as_an_entry()
    {
        Assert.True(EntryHeader.Admits(Bytes(Header), Header.Stamp));
        Assert.False(EntryHeader.Admits(Bytes(Header), Header.Stamp - 1));
        Assert.False(EntryHeader.Admits(EntryHeader.Tombstone(new(1, 10)), 9));
        Assert.True(EntryHeader.Admits(EntryHeader.Tombstone(new(1, 10)), 10));
        Assert.True(EntryHeader.Admits([], 0));
        Assert.True(EntryHeader.Admits("foreign bytes, longer than any header would have to be, by far"u8, 0));
    }

    [Fact]
    public void A_header_is_read_as_it_was_written_with_the_payload_behind_it()
    {
        byte[] entry = Codec.Bytes((ref w) =>
        {
            w.WriteRaw(Bytes(Header));
            w.WriteString("payload");
        });
        for (int at = 0; at <= entry.Length; at++)
        {
            Assert.True(EntryHeader.TryRead(Segments.Split(entry, at), out EntryHeader header, out ReadOnlySequence<byte> payload));
            Assert.Equal(Header, header);
            Assert.Equal("payload", new MessagePackReader(payload).ReadString());
        }
    }

    [Fact]
    public void Fields_of_later_minor_versions_are_skipped()
    {
        byte[] entry = Write(fields: 9, version: 1, flags: 0, (ref w) =>
        {
            w.WriteArrayHeader(1);
            w.WriteString("tag");
            w.WriteNil();
            w.WriteInt32(42);
        });
        Assert.True(EntryHeader.TryRead(new ReadOnlySequence<byte>(entry), out EntryHeader header, out ReadOnlySequence<byte> payload));
        Assert.Equal(3, header.Stamp);
        Assert.Equal(1, payload.Length);
    }

    [Fact]
    public void Another_version_or_an_unknown_flag_is_a_miss()
    {
        Miss(Write(7, version: 0, flags: 0, Nothing));
        Miss(Write(7, version: 2, flags: 0, Nothing));
        Miss(Write(7, version: 1, flags: 0x80, Nothing));
        Miss(Write(6, version: 1, flags: 0, Nothing));
        Miss(Write(8, version: 1, flags: 0, Nothing));
    }

    [Fact]
    public void Damaged_bytes_never_throw()
    {
        Random random = new(1);
        byte[] entry = Bytes(Header);
        for (int length = 0; length < entry.Length; length++)
            Miss(entry[..length]);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] damaged = [.. entry];
            for (int j = random.Next(4); j >= 0; j--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            _ = EntryHeader.TryRead(new ReadOnlySequence<byte>(damaged), out _, out _);
        }
    }

    private static byte[] Bytes(EntryHeader header)
    {
        byte[] bytes = new byte[EntryHeader.Length];
        header.Write(bytes);
        return bytes;
    }

    private static void Miss(byte[] entry)
    {
        Assert.False(EntryHeader.TryRead(new ReadOnlySequence<byte>(entry), out EntryHeader header, out ReadOnlySequence<byte> payload));
        Assert.Equal(default, header);
        Assert.True(payload.IsEmpty);
    }

    private static byte[] Write(int fields, uint version, uint flags, Writing rest) => Codec.Bytes((ref w) =>
    {
        w.WriteArrayHeader(fields);
        w.WriteUInt32(version);
        for (int i = 1; i <= 5; i++)
            w.WriteInt32(i);
        w.WriteUInt32(flags);
        rest(ref w);
    });

    private static void Nothing(ref MessagePackWriter writer)
    {
    }
}
