using System.Buffers;
using System.Buffers.Binary;

namespace SerializationHarness;

/// <summary>Payloads that nobody wrote: genuine ones damaged in a few places, and noise.</summary>
/// <param name="corpus">Genuine payloads, parts of which are also put into others.</param>
public sealed class HostilePayloads(IReadOnlyList<byte[]> corpus)
{
    private static readonly byte[][] Prefixes =
    [
        [0xdb, 0x7f, 0xff, 0xff, 0xff], [0xdb, 0xff, 0xff, 0xff, 0xff], [0xc6, 0x80, 0, 0, 0], [0xc9, 0x7f, 0xff, 0xff, 0xff, 5],
        [0xdd, 0x7f, 0xff, 0xff, 0xff], [0xdf, 0x7f, 0xff, 0xff, 0xff], [0xdd, 0, 0, 1, 0], [0xdc, 0xff, 0xff], [0x9f], [0x8f],
        [0xc0], [0xc1], [0xc7, 12, 0xff], [0xd6, 0xff],
    ];

    /// <summary>Noise, or one of the corpus, damaged.</summary>
    public byte[] Next(Random random) => Next(random, corpus);

    /// <summary>Noise, or one of <paramref name="origins"/>, damaged.</summary>
    public byte[] Next(Random random, IReadOnlyList<byte[]> origins)
    {
        if (random.Next(8) == 0)
        {
            byte[] noise = new byte[random.Next(1, 64)];
            random.NextBytes(noise);
            return noise;
        }

        byte[] payload = [.. origins[random.Next(origins.Count)]];
        for (int i = random.Next(1, 4); i > 0 && payload.Length > 0; i--)
            payload = Damage(random, payload);
        return payload;
    }

    /// <summary>A payload in one segment, or sometimes in two.</summary>
    public static ReadOnlySequence<byte> Sequence(Random random, byte[] payload) => random.Next(4) == 0
        ? Segments.Split(payload, random.Next(payload.Length + 1))
        : new ReadOnlySequence<byte>(payload);

    private byte[] Damage(Random random, byte[] payload)
    {
        int at = random.Next(payload.Length);
        switch (random.Next(8))
        {
            case 0:
                payload[at] ^= (byte)(1 << random.Next(8));
                return payload;
            case 1 or 2:
                payload[at] = (byte)random.Next(256);
                return payload;
            case 3:
                return payload[..at];
            case 4:
                return [.. payload.AsSpan(0, at), .. Prefixes[random.Next(Prefixes.Length)], .. payload.AsSpan(at)];
            case 5:
                return [.. payload.AsSpan(0, at), .. corpus[random.Next(corpus.Count)]];
            case 6 when payload.Length - at >= 4:
                BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(at), random.Next(3) - 1);
                return payload;
            default:
                return [.. payload.AsSpan(0, at), .. payload.AsSpan(Math.Min(payload.Length, at + random.Next(1, 5)))];
        }
    }
}
