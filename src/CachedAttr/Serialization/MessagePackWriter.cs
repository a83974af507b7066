using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CachedAttr.Serialization;

/// <summary>
/// Writes MessagePack, each value in its smallest encoding, into a buffer writer without allocating.
/// Call <see cref="Flush"/> at the end: until then the destination does not know of the last bytes.
/// </summary>
/// <remarks>
/// A value costs one bounds check: <see cref="Reserve"/> makes sure that its longest encoding fits into the span that the destination has
/// lent, then the value is written there and the position moves by what was used.
/// </remarks>
/// <param name="destination">What receives the bytes. It must not be used otherwise until <see cref="Flush"/>.</param>
[StructLayout(LayoutKind.Auto)]
public ref partial struct MessagePackWriter(IBufferWriter<byte> destination)
{
    /// <summary>How deep objects may nest, on both sides: beyond it a graph is taken for a cyclic one, a payload for an attack.</summary>
    public const int MaxDepth = 500;

    private const int MinSpan = 256;

    private readonly IBufferWriter<byte> _destination = destination;
    private Span<byte> _span = default;
    private int _position = 0;
    private int _depth = 0;

    /// <summary>Hands everything written so far to the destination.</summary>
    public void Flush()
    {
        if (_position == 0)
            return;

        _destination.Advance(_position);
        _span = default;
        _position = 0;
    }

    /// <summary>
    /// Enters an object whose type can contain itself; every call is paired with <see cref="Leave"/>. Other types nest only as deep as their
    /// declaration, so their formatters need not count.
    /// </summary>
    /// <exception cref="MessagePackException">
    /// More than <see cref="MaxDepth"/> levels: a cyclic graph, or one that could not be read again. Or the thread's stack is nearly used up.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter() => NestingLimit.Check(++_depth);

    /// <summary>Leaves the object of the last <see cref="Enter"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Leave() => _depth--;

    /// <summary>Writes nil.</summary>
    public void WriteNil() => WriteByte(MessagePackCode.Nil);

    /// <summary>Writes true or false.</summary>
    /// <param name="value">The value.</param>
    public void WriteBoolean(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    /// <summary>Writes an integer.</summary>
    /// <param name="value">The value; also for <see cref="sbyte"/> and <see cref="short"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt32(int value)
    {
        if (value >= 0)
            WriteUInt32((uint)value);
        else
            WriteNegative(value);
    }

    /// <summary>Writes an integer.</summary>
    /// <param name="value">The value; also for <see cref="byte"/>, <see cref="ushort"/> and <see cref="char"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt32(uint value)
    {
        if (value <= MessagePackCode.PositiveFixIntMax)
            WriteByte((byte)value);
        else
            WriteLarge(value);
    }

    /// <summary>Writes an integer.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteInt64(long value)
    {
        if (value >= 0)
            WriteUInt64((ulong)value);
        else
            WriteNegative(value);
    }

    /// <summary>Writes an integer.</summary>
    /// <param name="value">The value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteUInt64(ulong value)
    {
        if (value <= MessagePackCode.PositiveFixIntMax)
            WriteByte((byte)value);
        else
            WriteLarge(value);
    }

    /// <summary>Writes a floating-point number of 32 bits, bit by bit (the sign of zero and NaN's payload included).</summary>
    /// <param name="value">The value.</param>
    public void WriteSingle(float value)
    {
        Span<byte> target = Reserve(5);
        target[0] = MessagePackCode.Float32;
        BinaryPrimitives.WriteSingleBigEndian(target[1..], value);
        _position += 5;
    }

    /// <summary>Writes a floating-point number of 64 bits, bit by bit (the sign of zero and NaN's payload included).</summary>
    /// <param name="value">The value.</param>
    public void WriteDouble(double value)
    {
        Span<byte> target = Reserve(9);
        target[0] = MessagePackCode.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(target[1..], value);
        _position += 9;
    }

    /// <summary>Writes bytes that are MessagePack already, such as a name encoded at compile time.</summary>
    /// <param name="encoded">Whole values, or the bytes that an extension's or binary's header announced.</param>
    public void WriteRaw(scoped ReadOnlySpan<byte> encoded)
    {
        encoded.CopyTo(Reserve(encoded.Length));
        _position += encoded.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        _position++;
    }

    private void WriteLarge(ulong value)
    {
        Span<byte> target = Reserve(9);
        _position += value switch
        {
            <= byte.MaxValue => Encode8(target, MessagePackCode.UInt8, (byte)value),
            <= ushort.MaxValue => Encode16(target, MessagePackCode.UInt16, (ushort)value),
            <= uint.MaxValue => Encode32(target, MessagePackCode.UInt32, (uint)value),
            _ => Encode64(target, MessagePackCode.UInt64, value),
        };
    }

    private void WriteNegative(long value)
    {
        if (value >= MessagePackCode.NegativeFixIntMin - 256)
        {
            WriteByte((byte)value);
            return;
        }

        Span<byte> target = Reserve(9);
        _position += value switch
        {
            >= sbyte.MinValue => Encode8(target, MessagePackCode.Int8, (byte)value),
            >= short.MinValue => Encode16(target, MessagePackCode.Int16, (ushort)value),
            >= int.MinValue => Encode32(target, MessagePackCode.Int32, (uint)value),
            _ => Encode64(target, MessagePackCode.Int64, (ulong)value),
        };
    }

    // A format byte and a big-endian number; each returns its length.
    private static int Encode8(Span<byte> target, byte code, byte value)
    {
        target[1] = value;
        target[0] = code;
        return 2;
    }

    private static int Encode16(Span<byte> target, byte code, ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target[1..], value);
        target[0] = code;
        return 3;
    }

    private static int Encode32(Span<byte> target, byte code, uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target[1..], value);
        target[0] = code;
        return 5;
    }

    private static int Encode64(Span<byte> target, byte code, ulong value)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target[1..], value);
        target[0] = code;
        return 9;
    }

    /// <summary>
    /// At least <paramref name="size"/> bytes at the position; the result has exactly that length, so that constant indices need no check.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    [UnscopedRef]
    private Span<byte> Reserve(int size)
    {
        if (_span.Length - _position < size)
            Grow(size);

        // Checked in the line above; Slice would check it again.
        return MemoryMarshal.CreateSpan(ref Unsafe.Add(ref MemoryMarshal.GetReference(_span), _position), size);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size)
    {
        Flush();
        _span = _destination.GetSpan(Math.Max(size, MinSpan));
    }
}
