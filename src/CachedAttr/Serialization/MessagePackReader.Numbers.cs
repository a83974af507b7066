using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CachedAttr.Serialization;

// Booleans and numbers. An integer is read from any of its encodings if its value fits.
public ref partial struct MessagePackReader
{
    /// <summary>Reads true or false.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="MessagePackException">The next value is something else.</exception>
    public bool ReadBoolean()
    {
        byte code = ReadCode();
        if (code is not (MessagePackCode.True or MessagePackCode.False))
            MessagePackException.ThrowUnexpected(code, "a boolean");
        return code == MessagePackCode.True;
    }

    /// <summary>Reads an integer.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="MessagePackException">The next value is no integer, or does not fit.</exception>
    public sbyte ReadSByte() => (sbyte)ReadSigned(sbyte.MinValue, sbyte.MaxValue, nameof(SByte));

    /// <inheritdoc cref="ReadSByte"/>
    public short ReadInt16() => (short)ReadSigned(short.MinValue, short.MaxValue, nameof(Int16));

    /// <inheritdoc cref="ReadSByte"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt32() => (int)ReadSigned(int.MinValue, int.MaxValue, nameof(Int32));

    /// <inheritdoc cref="ReadSByte"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadInt64() => ReadSigned(long.MinValue, long.MaxValue, nameof(Int64));

    /// <inheritdoc cref="ReadSByte"/>
    public byte ReadByte() => (byte)ReadUnsigned(byte.MaxValue, nameof(Byte));

    /// <inheritdoc cref="ReadSByte"/>
    public ushort ReadUInt16() => (ushort)ReadUnsigned(ushort.MaxValue, nameof(UInt16));

    /// <inheritdoc cref="ReadSByte"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ReadUInt32() => (uint)ReadUnsigned(uint.MaxValue, nameof(UInt32));

    /// <inheritdoc cref="ReadSByte"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUInt64() => ReadUnsigned(ulong.MaxValue, nameof(UInt64));

    /// <summary>Reads a floating-point number of 32 bits, or of 64 if no more than 32 are needed.</summary>
    /// <returns>The value, bit by bit if it was written as 32 bits.</returns>
    /// <exception cref="MessagePackException">The next value is something else, or would lose information.</exception>
    public float ReadSingle()
    {
        byte code = ReadCode();
        if (code == MessagePackCode.Float32)
            return BitConverter.UInt32BitsToSingle(ReadBytes4());
        if (code != MessagePackCode.Float64)
            MessagePackException.ThrowUnexpected(code, "a floating-point number");

        double wide = BitConverter.UInt64BitsToDouble(ReadBytes8());
        float value = (float)wide;
        if (value != wide && !double.IsNaN(wide))
            MessagePackException.ThrowValue(nameof(Single));
        return value;
    }

    /// <summary>Reads a floating-point number of 64 or 32 bits.</summary>
    /// <returns>The value, bit by bit if it was written as 64 bits.</returns>
    /// <exception cref="MessagePackException">The next value is something else.</exception>
    public double ReadDouble()
    {
        byte code = ReadCode();
        if (code == MessagePackCode.Float64)
            return BitConverter.UInt64BitsToDouble(ReadBytes8());
        if (code != MessagePackCode.Float32)
            MessagePackException.ThrowUnexpected(code, "a floating-point number");
        return BitConverter.UInt32BitsToSingle(ReadBytes4());
    }

    /// <summary>True if the next value is in one of the integer encodings that can hold negative ones.</summary>
    internal bool NextIsSigned() => PeekCode() is >= MessagePackCode.NegativeFixIntMin or (>= MessagePackCode.Int8 and <= MessagePackCode.Int64);

    // Inlined with constant bounds, it is one comparison for the numbers of one byte, and a call for the others.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private long ReadSigned(long min, long max, string type)
    {
        byte code = ReadCode();
        if ((byte)(code + 32) < 160)
            return (sbyte)code;

        long value = ReadLongSigned(code);
        if (value < min || value > max)
            MessagePackException.ThrowRange(type);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ulong ReadUnsigned(ulong max, string type)
    {
        byte code = ReadCode();
        if (code <= MessagePackCode.PositiveFixIntMax)
            return code;

        ulong value = ReadLongUnsigned(code);
        if (value > max)
            MessagePackException.ThrowRange(type);
        return value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long ReadLongSigned(byte code)
    {
        switch (code)
        {
            case MessagePackCode.UInt8:
                return ReadCode();
            case MessagePackCode.UInt16:
                return ReadBytes2();
            case MessagePackCode.UInt32:
                return ReadBytes4();
            case MessagePackCode.UInt64:
                ulong value = ReadBytes8();
                if (value > long.MaxValue)
                    MessagePackException.ThrowRange(nameof(Int64));
                return (long)value;
            case MessagePackCode.Int8:
                return (sbyte)ReadCode();
            case MessagePackCode.Int16:
                return (short)ReadBytes2();
            case MessagePackCode.Int32:
                return (int)ReadBytes4();
            case MessagePackCode.Int64:
                return (long)ReadBytes8();
            default:
                MessagePackException.ThrowUnexpected(code, "an integer");
                return 0;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong ReadLongUnsigned(byte code)
    {
        if (code == MessagePackCode.UInt64)
            return ReadBytes8();

        long value = code >= MessagePackCode.NegativeFixIntMin ? (sbyte)code : ReadLongSigned(code);
        if (value < 0)
            MessagePackException.ThrowRange("an unsigned type");
        return (ulong)value;
    }

    // Big-endian numbers; the last line of each is for one that straddles segments, or is cut off.
    private ushort ReadBytes2()
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_span[_position..], out ushort value))
            return (ushort)ReadStraddling(2);
        _position += 2;
        return value;
    }

    private uint ReadBytes4()
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(_span[_position..], out uint value))
            return (uint)ReadStraddling(4);
        _position += 4;
        return value;
    }

    private ulong ReadBytes8()
    {
        if (!BinaryPrimitives.TryReadUInt64BigEndian(_span[_position..], out ulong value))
            return ReadStraddling(8);
        _position += 8;
        return value;
    }

    private ulong ReadStraddling(int size)
    {
        ulong value = 0;
        for (; size > 0; size--)
            value = (value << 8) | ReadCode();
        return value;
    }
}
