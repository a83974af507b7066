using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using CachedAttr.Serialization;

namespace CachedAttr.Tests.Serialization;

/// <summary>
/// Damaged and random payloads through the reader and every formatter: a value or a <see cref="MessagePackException"/>, and memory in
/// proportion to the payload. <c>CACHEDATTR_FUZZ_CASES=5000000</c> runs the long version.
/// </summary>
public sealed class FuzzTests
{
    // An element of one byte can become a node of a linked list or an entry of an immutable dictionary, copied once while it grows;
    // an exception with its stack trace takes a few KB.
    private const int BytesPerByte = 200;
    private const int Allowance = 32 * 1024;
    private const int PayloadsPerFamily = 40;

    private static readonly int Cases =
        int.Parse(Environment.GetEnvironmentVariable("CACHEDATTR_FUZZ_CASES") ?? "300000", CultureInfo.InvariantCulture);

    private static readonly Family[] All = [.. Families.All.Values];
    private static readonly byte[][] Corpus = [.. All.SelectMany(f => Enumerable.Range(0, PayloadsPerFamily).Select(f.Encode))];

    private static readonly byte[][] HostilePrefixes =
    [
        [0xdb, 0x7f, 0xff, 0xff, 0xff], [0xdb, 0xff, 0xff, 0xff, 0xff], [0xc6, 0x80, 0, 0, 0], [0xc9, 0x7f, 0xff, 0xff, 0xff, 5],
        [0xdd, 0x7f, 0xff, 0xff, 0xff], [0xdf, 0x7f, 0xff, 0xff, 0xff], [0xdd, 0, 0, 1, 0], [0xdc, 0xff, 0xff], [0x9f], [0x8f],
        [0xc1], [0xc7, 12, 0xff], [0xd6, 0xff],
    ];

    private delegate void Read(ref MessagePackReader reader);

    private static readonly Read[] Reads =
    [
        (ref r) => r.Skip(), (ref r) => r.PeekType(), (ref r) => r.TryReadNil(), (ref r) => r.ReadBoolean(), (ref r) => r.ReadSByte(),
        (ref r) => r.ReadInt16(), (ref r) => r.ReadInt32(), (ref r) => r.ReadInt64(), (ref r) => r.ReadByte(), (ref r) => r.ReadUInt16(),
        (ref r) => r.ReadUInt32(), (ref r) => r.ReadUInt64(), (ref r) => r.ReadSingle(), (ref r) => r.ReadDouble(), (ref r) => r.ReadString(),
        (ref r) => r.ReadUtf8(), (ref r) => r.ReadBinary(), (ref r) => r.ReadBinaryHeader(), (ref r) => r.ReadArrayHeader(),
        (ref r) => r.ReadMapHeader(), (ref r) => r.ReadExtensionHeader(), (ref r) => r.ReadTimestamp(), (ref r) => r.ReadArrayHeader(3),
        (ref r) => r.ReadRaw(new byte[3]),
    ];

    [Theory, InlineData(1), InlineData(2)]
    public void A_formatter_reads_a_value_or_refuses(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < Cases / 4; i++)
        {
            byte[] payload = Payload(random);
            Family family = All[random.Next(All.Length)];
            ReadOnlySequence<byte> sequence = Sequence(random, payload);
            Verify(payload, family.Name, () => family.Decode(sequence));
        }
    }

    [Theory, InlineData(3), InlineData(4)]
    public void A_reader_reads_values_or_refuses(int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < Cases / 4; i++)
        {
            byte[] payload = Payload(random);
            int first = random.Next(Reads.Length);
            ReadOnlySequence<byte> sequence = Sequence(random, payload);
            Verify(payload, "reader", () => ReadAll(sequence, first));
        }
    }

    private static void ReadAll(ReadOnlySequence<byte> payload, int first)
    {
        MessagePackReader reader = new(payload);
        for (int i = 0; i < 8 && !reader.End; i++)
            Reads[(first + (i * 7)) % Reads.Length](ref reader);
    }

    private static void Verify(byte[] payload, string name, Action decode)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            decode();
        }
        catch (MessagePackException)
        {
        }
        catch (Exception e)
        {
            Assert.Fail($"{name} threw {e} for {Convert.ToHexString(payload)}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > Allowance + ((long)payload.Length * BytesPerByte))
            Assert.Fail($"{name} allocated {allocated} bytes for the {payload.Length} bytes {Convert.ToHexString(payload)}");
    }

    private static byte[] Payload(Random random)
    {
        if (random.Next(5) == 0)
        {
            byte[] noise = new byte[random.Next(1, 64)];
            random.NextBytes(noise);
            return noise;
        }

        byte[] payload = [.. Corpus[random.Next(Corpus.Length)]];
        for (int i = random.Next(1, 4); i > 0 && payload.Length > 0; i--)
            payload = Damage(random, payload);
        return payload;
    }

    private static byte[] Damage(Random random, byte[] payload)
    {
        int at = random.Next(payload.Length);
        switch (random.Next(7))
        {
            case 0:
                payload[at] ^= (byte)(1 << random.Next(8));
                return payload;
            case 1:
                payload[at] = (byte)random.Next(256);
                return payload;
            case 2:
                return payload[..at];
            case 3:
                return [.. payload.AsSpan(0, at), .. HostilePrefixes[random.Next(HostilePrefixes.Length)], .. payload.AsSpan(at)];
            case 4:
                return [.. payload.AsSpan(0, at), .. Corpus[random.Next(Corpus.Length)]];
            case 5 when payload.Length - at >= 4:
                BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(at), random.Next(3) - 1);
                return payload;
            default:
                return [.. payload.AsSpan(0, at), .. payload.AsSpan(Math.Min(payload.Length, at + random.Next(1, 5)))];
        }
    }

    private static ReadOnlySequence<byte> Sequence(Random random, byte[] payload) => random.Next(4) == 0
        ? Segments.Split(payload, random.Next(payload.Length + 1))
        : new ReadOnlySequence<byte>(payload);
}
