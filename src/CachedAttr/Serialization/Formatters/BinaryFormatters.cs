namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats bytes as binary, null as nil.</summary>
public readonly struct ByteArrayFormatter : IMessagePackFormatter<byte[]?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, byte[]? value)
    {
        if (value is null)
            writer.WriteNil();
        else
            writer.WriteBinary(value);
    }

    /// <inheritdoc/>
    public static byte[]? Read(ref MessagePackReader reader) => reader.ReadBinary();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("bytes");
}

/// <summary>Formats bytes as binary.</summary>
public readonly struct MemoryFormatter : IMessagePackFormatter<Memory<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Memory<byte> value) => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public static Memory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("bytes");
}

/// <summary>Formats bytes as binary.</summary>
public readonly struct ReadOnlyMemoryFormatter : IMessagePackFormatter<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("bytes");
}
