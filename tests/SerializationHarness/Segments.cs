using System.Buffers;

namespace SerializationHarness;

/// <summary>Cuts payloads into sequences of several segments.</summary>
public static class Segments
{
    /// <summary>Two segments.</summary>
    public static ReadOnlySequence<byte> Split(byte[] payload, int at) => Join(payload.AsMemory(0, at), payload.AsMemory(at));

    /// <summary>A segment a byte, with empty ones in between.</summary>
    public static ReadOnlySequence<byte> Shatter(byte[] payload)
    {
        List<ReadOnlyMemory<byte>> parts = [ReadOnlyMemory<byte>.Empty];
        for (int i = 0; i < payload.Length; i++)
        {
            parts.Add(payload.AsMemory(i, 1));
            parts.Add(ReadOnlyMemory<byte>.Empty);
        }

        return Join([.. parts]);
    }

    private static ReadOnlySequence<byte> Join(params ReadOnlyMemory<byte>[] parts)
    {
        Segment first = new(parts[0], 0);
        Segment last = first;
        foreach (ReadOnlyMemory<byte> part in parts.AsSpan(1))
            last = last.Append(part);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
