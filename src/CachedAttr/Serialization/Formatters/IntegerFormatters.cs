namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats an 8-bit signed integer, in the smallest encoding that holds it.</summary>
public readonly struct SByteFormatter : IMessagePackFormatter<sbyte>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, sbyte value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public static sbyte Read(ref MessagePackReader reader) => reader.ReadSByte();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("int8");
}

/// <summary>Formats a 16-bit signed integer, in the smallest encoding that holds it.</summary>
public readonly struct Int16Formatter : IMessagePackFormatter<short>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, short value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public static short Read(ref MessagePackReader reader) => reader.ReadInt16();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("int16");
}

/// <summary>Formats a 32-bit signed integer, in the smallest encoding that holds it.</summary>
public readonly struct Int32Formatter : IMessagePackFormatter<int>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, int value) => writer.WriteInt32(value);

    /// <inheritdoc/>
    public static int Read(ref MessagePackReader reader) => reader.ReadInt32();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("int32");
}

/// <summary>Formats a 64-bit signed integer, in the smallest encoding that holds it.</summary>
public readonly struct Int64Formatter : IMessagePackFormatter<long>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, long value) => writer.WriteInt64(value);

    /// <inheritdoc/>
    public static long Read(ref MessagePackReader reader) => reader.ReadInt64();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("int64");
}

/// <summary>Formats an 8-bit unsigned integer, in the smallest encoding that holds it.</summary>
public readonly struct ByteFormatter : IMessagePackFormatter<byte>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, byte value) => writer.WriteUInt32(value);

    /// <inheritdoc/>
    public static byte Read(ref MessagePackReader reader) => reader.ReadByte();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("uint8");
}

/// <summary>Formats a 16-bit unsigned integer, in the smallest encoding that holds it.</summary>
public readonly struct UInt16Formatter : IMessagePackFormatter<ushort>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ushort value) => writer.WriteUInt32(value);

    /// <inheritdoc/>
    public static ushort Read(ref MessagePackReader reader) => reader.ReadUInt16();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("uint16");
}

/// <summary>Formats a 32-bit unsigned integer, in the smallest encoding that holds it.</summary>
public readonly struct UInt32Formatter : IMessagePackFormatter<uint>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, uint value) => writer.WriteUInt32(value);

    /// <inheritdoc/>
    public static uint Read(ref MessagePackReader reader) => reader.ReadUInt32();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("uint32");
}

/// <summary>Formats a 64-bit unsigned integer, in the smallest encoding that holds it.</summary>
public readonly struct UInt64Formatter : IMessagePackFormatter<ulong>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ulong value) => writer.WriteUInt64(value);

    /// <inheritdoc/>
    public static ulong Read(ref MessagePackReader reader) => reader.ReadUInt64();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("uint64");
}
