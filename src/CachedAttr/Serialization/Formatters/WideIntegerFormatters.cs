using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a 128-bit signed integer: as an integer if 64 bits hold it, else as 16 bytes, big-endian.</summary>
public readonly struct Int128Formatter : IMessagePackFormatter<Int128>
{
    private const int Size = 16;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Int128 value)
    {
        if (value >= long.MinValue && value <= ulong.MaxValue)
        {
            if (value <= long.MaxValue)
                writer.WriteInt64((long)value);
            else
                writer.WriteUInt64((ulong)value);
            return;
        }

        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt128BigEndian(bytes, value);
        writer.WriteBinary(bytes);
    }

    /// <inheritdoc/>
    public static Int128 Read(ref MessagePackReader reader)
    {
        if (reader.PeekType() != MessagePackType.Binary)
            return reader.NextIsSigned() ? reader.ReadInt64() : reader.ReadUInt64();
        if (reader.ReadBinaryHeader() != Size)
            MessagePackException.ThrowValue(nameof(Int128));

        Span<byte> bytes = stackalloc byte[Size];
        reader.ReadRaw(bytes);
        return BinaryPrimitives.ReadInt128BigEndian(bytes);
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("int128");
}

/// <summary>Formats a 128-bit unsigned integer: as an integer if 64 bits hold it, else as 16 bytes, big-endian.</summary>
public readonly struct UInt128Formatter : IMessagePackFormatter<UInt128>
{
    private const int Size = 16;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, UInt128 value)
    {
        if (value <= ulong.MaxValue)
        {
            writer.WriteUInt64((ulong)value);
            return;
        }

        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, value);
        writer.WriteBinary(bytes);
    }

    /// <inheritdoc/>
    public static UInt128 Read(ref MessagePackReader reader)
    {
        if (reader.PeekType() != MessagePackType.Binary)
            return reader.ReadUInt64();
        if (reader.ReadBinaryHeader() != Size)
            MessagePackException.ThrowValue(nameof(UInt128));

        Span<byte> bytes = stackalloc byte[Size];
        reader.ReadRaw(bytes);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("uint128");
}

/// <summary>Formats an integer of any size as the bytes of its two's complement, little-endian, as MessagePack-CSharp does.</summary>
public readonly struct BigIntegerFormatter : IMessagePackFormatter<BigInteger>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, BigInteger value)
    {
        int length = value.GetByteCount();
        byte[]? rented = null;
        Span<byte> bytes = length <= 256 ? stackalloc byte[length] : (rented = ArrayPool<byte>.Shared.Rent(length));
        _ = value.TryWriteBytes(bytes, out _);
        writer.WriteBinary(bytes[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public static BigInteger Read(ref MessagePackReader reader) 
    {
        byte[]? bytes = reader.ReadBinary();
        if (bytes is null)
            MessagePackException.ThrowValue(nameof(BigInteger));
        return new BigInteger(bytes.AsSpan());
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("bigint");
}
