namespace CachedAttr.Serialization.Formatters;

/// <summary>
/// Formats an array of two dimensions as an array of its lengths and of the array of its elements, null as nil, as MessagePack-CSharp does.
/// </summary>
public readonly struct TwoDimensionalArrayFormatter<T, TFormatter> : IMessagePackFormatter<T[,]?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(3);
        writer.WriteInt32(value.GetLength(0));
        writer.WriteInt32(value.GetLength(1));
        Elements<T, TFormatter>.Write(ref writer, Grid.Elements<T>(value));
    }

    /// <inheritdoc/>
    public static T[,]? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        reader.ReadArrayHeader(3);
        int length0 = reader.ReadInt32();
        int length1 = reader.ReadInt32();
        T[] elements = Elements<T, TFormatter>.ReadArray(ref reader);
        Grid.Verify(elements.Length, [length0, length1]);
        T[,] value = new T[length0, length1];
        elements.CopyTo(Grid.Elements<T>(value));
        return value;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("array2");
}

/// <summary>
/// Formats an array of three dimensions as an array of its lengths and of the array of its elements, null as nil, as MessagePack-CSharp does.
/// </summary>
public readonly struct ThreeDimensionalArrayFormatter<T, TFormatter> : IMessagePackFormatter<T[,,]?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,,]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(4);
        writer.WriteInt32(value.GetLength(0));
        writer.WriteInt32(value.GetLength(1));
        writer.WriteInt32(value.GetLength(2));
        Elements<T, TFormatter>.Write(ref writer, Grid.Elements<T>(value));
    }

    /// <inheritdoc/>
    public static T[,,]? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        reader.ReadArrayHeader(4);
        int length0 = reader.ReadInt32();
        int length1 = reader.ReadInt32();
        int length2 = reader.ReadInt32();
        T[] elements = Elements<T, TFormatter>.ReadArray(ref reader);
        Grid.Verify(elements.Length, [length0, length1, length2]);
        T[,,] value = new T[length0, length1, length2];
        elements.CopyTo(Grid.Elements<T>(value));
        return value;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("array3");
}

/// <summary>
/// Formats an array of four dimensions as an array of its lengths and of the array of its elements, null as nil, as MessagePack-CSharp does.
/// </summary>
public readonly struct FourDimensionalArrayFormatter<T, TFormatter> : IMessagePackFormatter<T[,,,]?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,,,]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(5);
        writer.WriteInt32(value.GetLength(0));
        writer.WriteInt32(value.GetLength(1));
        writer.WriteInt32(value.GetLength(2));
        writer.WriteInt32(value.GetLength(3));
        Elements<T, TFormatter>.Write(ref writer, Grid.Elements<T>(value));
    }

    /// <inheritdoc/>
    public static T[,,,]? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        reader.ReadArrayHeader(5);
        int length0 = reader.ReadInt32();
        int length1 = reader.ReadInt32();
        int length2 = reader.ReadInt32();
        int length3 = reader.ReadInt32();
        T[] elements = Elements<T, TFormatter>.ReadArray(ref reader);
        Grid.Verify(elements.Length, [length0, length1, length2, length3]);
        T[,,,] value = new T[length0, length1, length2, length3];
        elements.CopyTo(Grid.Elements<T>(value));
        return value;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("array4");
}
