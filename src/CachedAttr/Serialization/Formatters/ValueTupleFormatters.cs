namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a value tuple as an array of one element.</summary>
public readonly struct ValueTupleFormatter<T1, TFormatter1> : IMessagePackFormatter<ValueTuple<T1>>
    where TFormatter1 : struct, IMessagePackFormatter<T1>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1> value)
    {
        writer.WriteArrayHeader(1);
        TFormatter1.Write(ref writer, value.Item1);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(1);
        return new ValueTuple<T1>(
            TFormatter1.Read(ref reader));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema)
    {
        schema.BeginComposite("tuple");
        schema.Part<T1, TFormatter1>();
        schema.EndComposite();
    }
}

/// <summary>Formats a value tuple as an array of two elements.</summary>
public readonly struct ValueTupleFormatter<T1, TFormatter1, T2, TFormatter2> : IMessagePackFormatter<ValueTuple<T1, T2>>
    where TFormatter1 : struct, IMessagePackFormatter<T1>
    where TFormatter2 : struct, IMessagePackFormatter<T2>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2> value)
    {
        writer.WriteArrayHeader(2);
        TFormatter1.Write(ref writer, value.Item1);
        TFormatter2.Write(ref writer, value.Item2);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(2);
        return new ValueTuple<T1, T2>(
            TFormatter1.Read(ref reader),
            TFormatter2.Read(ref reader));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema)
    {
        schema.BeginComposite("tuple");
        schema.Part<T1, TFormatter1>();
        schema.Part<T2, TFormatter2>();
        schema.EndComposite();
    }
}

/// <summary>Formats a value tuple as an array of three elements.</summary>
public readonly struct ValueTupleFormatter<T1, TFormatter1, T2, TFormatter2, T3, TFormatter3> : IMessagePackFormatter<ValueTuple<T1, T2, T3>>
    where TFormatter1 : struct, IMessagePackFormatter<T1>
    where TFormatter2 : struct, IMessagePackFormatter<T2>
    where TFormatter3 : struct, IMessagePackFormatter<T3>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3> value)
    {
        writer.WriteArrayHeader(3);
        TFormatter1.Write(ref writer, value.Item1);
        TFormatter2.Write(ref writer, value.Item2);
        TFormatter3.Write(ref writer, value.Item3);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(3);
        return new ValueTuple<T1, T2, T3>(
            TFormatter1.Read(ref reader),
            TFormatter2.Read(ref reader),
            TFormatter3.Read(ref reader));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema)
    {
        schema.BeginComposite("tuple");
        schema.Part<T1, TFormatter1>();
        schema.Part<T2, TFormatter2>();
        schema.Part<T3, TFormatter3>();
        schema.EndComposite();
    }
}

/// <summary>Formats a value tuple as an array of four elements.</summary>
public readonly struct ValueTupleFormatter<T1, TFormatter1, T2, TFormatter2, T3, TFormatter3, T4, TFormatter4>
    : IMessagePackFormatter<ValueTuple<T1, T2, T3, T4>>
    where TFormatter1 : struct, IMessagePackFormatter<T1>
    where TFormatter2 : struct, IMessagePackFormatter<T2>
    where TFormatter3 : struct, IMessagePackFormatter<T3>
    where TFormatter4 : struct, IMessagePackFormatter<T4>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4> value)
    {
        writer.WriteArrayHeader(4);
        TFormatter1.Write(ref writer, value.Item1);
        TFormatter2.Write(ref writer, value.Item2);
        TFormatter3.Write(ref writer, value.Item3);
        TFormatter4.Write(ref writer, value.Item4);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(4);
        return new ValueTuple<T1, T2, T3, T4>(
            TFormatter1.Read(ref reader),
            TFormatter2.Read(ref reader),
            TFormatter3.Read(ref reader),
            TFormatter4.Read(ref reader));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema)
    {
        schema.BeginComposite("tuple");
        schema.Part<T1, TFormatter1>();
        schema.Part<T2, TFormatter2>();
        schema.Part<T3, TFormatter3>();
        schema.Part<T4, TFormatter4>();
        schema.EndComposite();
    }
}

/// <summary>Formats a value tuple as an array of five elements.</summary>
public readonly struct ValueTupleFormatter<T1, TFormatter1, T2, TFormatter2, T3, TFormatter3, T4, TFormatter4, T5, TFormatter5>
    : IMessagePackFormatter<ValueTuple<T1, T2, T3, T4, T5>>
    where TFormatter1 : struct, IMessagePackFormatter<T1>
    where TFormatter2 : struct, IMessagePackFormatter<T2>
    where TFormatter3 : struct, IMessagePackFormatter<T3>
    where TFormatter4 : struct, IMessagePackFormatter<T4>
    where TFormatter5 : struct, IMessagePackFormatter<T5>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5> value)
    {
        writer.WriteArrayHeader(5);
        TFormatter1.Write(ref writer, value.Item1);
        TFormatter2.Write(ref writer, value.Item2);
        TFormatter3.Write(ref writer, value.Item3);
        TFormatter4.Write(ref writer, value.Item4);
        TFormatter5.Write(ref writer, value.Item5);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(5);
        return new ValueTuple<T1, T2, T3, T4, T5>(
            TFormatter1.Read(ref reader),
            TFormatter2.Read(ref reader),
            TFormatter3.Read(ref reader),
            TFormatter4.Read(ref reader),
            TFormatter5.Read(ref reader));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema)
    {
        schema.BeginComposite("tuple");
        schema.Part<T1, TFormatter1>();
        schema.Part<T2, TFormatter2>();
        schema.Part<T3, TFormatter3>();
        schema.Part<T4, TFormatter4>();
        schema.Part<T5, TFormatter5>();
        schema.EndComposite();
    }
}
