using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CachedAttr.Serialization;

/// <summary>
/// Reads MessagePack from untrusted bytes without allocating more than the values it returns. Whatever the bytes are, it returns a value or
/// throws <see cref="MessagePackException"/>, after which it must not be used further.
/// </summary>
/// <remarks>
/// It works on one span, the current segment; a sequence of one segment never leaves that path. Only a number or text that straddles two
/// segments is put together. Every length is compared with the bytes that are left before anything is allocated for it.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public ref partial struct MessagePackReader
{
    /// <summary>How many bytes of collections may be allocated ahead of their elements, for each byte of the payload.</summary>
    private const int CapacityPerByte = 16;

    private readonly ReadOnlySequence<byte> _sequence;
    private ReadOnlySpan<byte> _span;
    private int _position;
    private SequencePosition _next;
    private long _later;
    private long _capacity;
    private int _depth;

    /// <summary>Reads one contiguous payload.</summary>
    /// <param name="payload">The bytes.</param>
    public MessagePackReader(ReadOnlySpan<byte> payload)
    {
        _span = payload;
        _capacity = (long)payload.Length * CapacityPerByte;
    }

    /// <summary>Reads a payload of any number of segments.</summary>
    /// <param name="payload">The bytes.</param>
    public MessagePackReader(in ReadOnlySequence<byte> payload)
    {
        _span = payload.FirstSpan;
        _capacity = payload.Length * CapacityPerByte;
        if (payload.IsSingleSegment)
            return;

        _sequence = payload;
        _next = payload.Start;
        _ = payload.TryGet(ref _next, out _);
        _later = payload.Length - _span.Length;
    }

    /// <summary>How many bytes have not been read.</summary>
    public readonly long Remaining => _span.Length - _position + _later;

    /// <summary>True if all bytes have been read.</summary>
    public readonly bool End => Remaining == 0;

    /// <summary>The kind of the next value, which stays unread.</summary>
    /// <returns>The kind.</returns>
    /// <exception cref="MessagePackException">There is no next value.</exception>
    public MessagePackType PeekType() => PeekCode() switch
    {
        <= MessagePackCode.PositiveFixIntMax or >= MessagePackCode.NegativeFixIntMin => MessagePackType.Integer,
        < MessagePackCode.FixArray => MessagePackType.Map,
        < MessagePackCode.FixStr => MessagePackType.Array,
        < MessagePackCode.Nil => MessagePackType.String,
        MessagePackCode.Nil => MessagePackType.Nil,
        MessagePackCode.NeverUsed => MessagePackType.Invalid,
        MessagePackCode.False or MessagePackCode.True => MessagePackType.Boolean,
        <= MessagePackCode.Bin32 => MessagePackType.Binary,
        <= MessagePackCode.Ext32 => MessagePackType.Extension,
        <= MessagePackCode.Float64 => MessagePackType.Float,
        <= MessagePackCode.Int64 => MessagePackType.Integer,
        <= MessagePackCode.FixExt16 => MessagePackType.Extension,
        <= MessagePackCode.Str32 => MessagePackType.String,
        <= MessagePackCode.Array32 => MessagePackType.Array,
        _ => MessagePackType.Map,
    };

    /// <summary>Reads nil if it is next.</summary>
    /// <returns>True if nil was read; false if something else is next, which stays unread.</returns>
    /// <exception cref="MessagePackException">There is no next value.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNil()
    {
        if (PeekCode() != MessagePackCode.Nil)
            return false;

        _position++;
        return true;
    }

    /// <summary>
    /// Enters an object whose type can contain itself; every call is paired with <see cref="Leave"/>. Other types nest only as deep as their
    /// declaration, so their formatters need not count.
    /// </summary>
    /// <exception cref="MessagePackException">
    /// More than <see cref="MessagePackWriter.MaxDepth"/> levels, or the thread's stack is nearly used up: a payload never ends the process.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter() => NestingLimit.Check(++_depth);

    /// <summary>Leaves the object of the last <see cref="Enter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _depth--;

    /// <summary>Reads the next value, however deep, and forgets it.</summary>
    /// <exception cref="MessagePackException">The bytes are malformed.</exception>
    /// <remarks>A counter of values owed takes the place of recursion, so that depth costs nothing here.</remarks>
    public void Skip()
    {
        for (long owed = 1; owed > 0; owed--)
        {
            switch (PeekType())
            {
                case MessagePackType.Array:
                    owed += ReadArrayHeader();
                    break;
                case MessagePackType.Map:
                    owed += 2L * ReadMapHeader();
                    break;
                default:
                    SkipScalar();
                    break;
            }

            // Every value owed takes a byte at least; without this line, a few headers could announce work for years.
            if (owed - 1 > Remaining)
                MessagePackException.ThrowLength(owed - 1, Remaining);
        }
    }

    /// <summary>
    /// The capacity to give a collection that is announced to have <paramref name="count"/> elements: all of it, as long as this payload's
    /// collections together have not asked for more than 16 bytes for each of its bytes; then 4, and the collection grows as elements really
    /// come. An honest payload's collections are so sized exactly; a forged header, alone or nested, cannot make memory out of nothing.
    /// </summary>
    /// <param name="count">What the collection's header says.</param>
    /// <param name="elementSize">What an element takes in the collection, in bytes.</param>
    /// <returns>A number from 0 to <paramref name="count"/>.</returns>
    public int GetInitialCapacity(int count, int elementSize)
    {
        long bytes = (long)count * elementSize;
        if (bytes > _capacity)
            return Math.Min(count, 4);

        _capacity -= bytes;
        return count;
    }

    // Copies of the fields let the compiler see that the check covers the access.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte PeekCode()
    {
        ReadOnlySpan<byte> span = _span;
        int position = _position;
        return (uint)position < (uint)span.Length ? span[position] : PeekNextSegment();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte ReadCode()
    {
        byte code = PeekCode();
        _position++;
        return code;
    }

    private void SkipScalar()
    {
        byte code = ReadCode();
        switch (code)
        {
            case <= MessagePackCode.PositiveFixIntMax or >= MessagePackCode.NegativeFixIntMin:
            case MessagePackCode.Nil or MessagePackCode.False or MessagePackCode.True:
                break;
            case >= MessagePackCode.UInt8 and <= MessagePackCode.UInt64:
                Advance(1L << (code - MessagePackCode.UInt8));
                break;
            case >= MessagePackCode.Int8 and <= MessagePackCode.Int64:
                Advance(1L << (code - MessagePackCode.Int8));
                break;
            case MessagePackCode.Float32 or MessagePackCode.Float64:
                Advance(code == MessagePackCode.Float32 ? 4 : 8);
                break;
            case MessagePackCode.NeverUsed:
                MessagePackException.ThrowUnexpected(code, "a value");
                break;
            default:
                Advance(IsExtension(code) ? ReadExtensionHeader(code).Length : ReadByteLength(code));
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte PeekNextSegment()
    {
        NextSegment();
        return _span[0];
    }

    /// <summary>Makes the next segment that is not empty the current one, with its first byte next.</summary>
    private void NextSegment()
    {
        if (_later == 0)
            MessagePackException.ThrowEnd();

        do
        {
            _ = _sequence.TryGet(ref _next, out ReadOnlyMemory<byte> segment);
            _span = segment.Span;
        }
        while (_span.IsEmpty);

        _later -= _span.Length;
        _position = 0;
    }

    private void Advance(long count)
    {
        if (count > Remaining)
            MessagePackException.ThrowEnd();

        while (count > _span.Length - _position)
        {
            count -= _span.Length - _position;
            NextSegment();
        }

        _position += (int)count;
    }

    private void CopyTo(scoped Span<byte> target)
    {
        while (true)
        {
            int count = Math.Min(target.Length, _span.Length - _position);
            _span.Slice(_position, count).CopyTo(target);
            _position += count;
            target = target[count..];
            if (target.IsEmpty)
                return;
            NextSegment();
        }
    }
}
