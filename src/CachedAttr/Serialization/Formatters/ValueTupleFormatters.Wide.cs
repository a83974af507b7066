namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a value tuple as an array of six elements.</summary>
public readonly struct ValueTupleFormatter<T1, TFormatter1, T2, TFormatter2, T3, TFormatter3, T4, TFormatter4, T5, TFormatter5, T6, TFormatter6>
    : IMessagePackFormatter<ValueTuple<T1, T2, T3, T4, T5, T6>>
    where TFormatter1 : struct, IMessagePackFormatter<T1>
    where TFormatter2 : struct, IMessagePackFormatter<T2>
    where TFormatter3 : struct, IMessagePackFormatter<T3>
    where TFormatter4 : struct, IMessagePackFormatter<T4>
    where TFormatter5 : struct, IMessagePackFormatter<T5>
    where TFormatter6 : struct, IMessagePackFormatter<T6>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5, T6> value)
    {
        writer.WriteArrayHeader(6);
        TFormatter1.Write(ref writer, value.Item1);
        TFormatter2.Write(ref writer, value.Item2);
        TFormatter3.Write(ref writer, value.Item3);
        TFormatter4.Write(ref writer, value.Item4);
        TFormatter5.Write(ref writer, value.Item5);
        TFormatter6.Write(ref writer, value.Item6);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5, T6> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(6);
        return new ValueTuple<T1, T2, T3, T4, T5, T6>(
            TFormatter1.Read(ref reader),
            TFormatter2.Read(ref reader),
            TFormatter3.Read(ref reader),
            TFormatter4.Read(ref reader),
            TFormatter5.Read(ref reader),
            TFormatter6.Read(ref reader));
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
        schema.Part<T6, TFormatter6>();
        schema.EndComposite();
    }
}

/// <summary>Formats a value tuple as an array of seven elements.</summary>
public readonly struct ValueTupleFormatter<T1, TFormatter1, T2, TFormatter2, T3, TFormatter3, T4, TFormatter4, T5, TFormatter5, T6,
    TFormatter6, T7, TFormatter7>
    : IMessagePackFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>
    where TFormatter1 : struct, IMessagePackFormatter<T1>
    where TFormatter2 : struct, IMessagePackFormatter<T2>
    where TFormatter3 : struct, IMessagePackFormatter<T3>
    where TFormatter4 : struct, IMessagePackFormatter<T4>
    where TFormatter5 : struct, IMessagePackFormatter<T5>
    where TFormatter6 : struct, IMessagePackFormatter<T6>
    where TFormatter7 : struct, IMessagePackFormatter<T7>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5, T6, T7> value)
    {
        writer.WriteArrayHeader(7);
        TFormatter1.Write(ref writer, value.Item1);
        TFormatter2.Write(ref writer, value.Item2);
        TFormatter3.Write(ref writer, value.Item3);
        TFormatter4.Write(ref writer, value.Item4);
        TFormatter5.Write(ref writer, value.Item5);
        TFormatter6.Write(ref writer, value.Item6);
        TFormatter7.Write(ref writer, value.Item7);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5, T6, T7> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(7);
        return new ValueTuple<T1, T2, T3, T4, T5, T6, T7>(
            TFormatter1.Read(ref reader),
            TFormatter2.Read(ref reader),
            TFormatter3.Read(ref reader),
            TFormatter4.Read(ref reader),
            TFormatter5.Read(ref reader),
            TFormatter6.Read(ref reader),
            TFormatter7.Read(ref reader));
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
        schema.Part<T6, TFormatter6>();
        schema.Part<T7, TFormatter7>();
        schema.EndComposite();
    }
}

/// <summary>Formats a value tuple as an array of seven elements and a rest, which is an array in the array.</summary>
public readonly struct ValueTupleFormatter<T1, TFormatter1, T2, TFormatter2, T3, TFormatter3, T4, TFormatter4, T5, TFormatter5, T6,
    TFormatter6, T7, TFormatter7, TRest, TRestFormatter>
    : IMessagePackFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : struct
    where TFormatter1 : struct, IMessagePackFormatter<T1>
    where TFormatter2 : struct, IMessagePackFormatter<T2>
    where TFormatter3 : struct, IMessagePackFormatter<T3>
    where TFormatter4 : struct, IMessagePackFormatter<T4>
    where TFormatter5 : struct, IMessagePackFormatter<T5>
    where TFormatter6 : struct, IMessagePackFormatter<T6>
    where TFormatter7 : struct, IMessagePackFormatter<T7>
    where TRestFormatter : struct, IMessagePackFormatter<TRest>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
    {
        writer.WriteArrayHeader(8);
        TFormatter1.Write(ref writer, value.Item1);
        TFormatter2.Write(ref writer, value.Item2);
        TFormatter3.Write(ref writer, value.Item3);
        TFormatter4.Write(ref writer, value.Item4);
        TFormatter5.Write(ref writer, value.Item5);
        TFormatter6.Write(ref writer, value.Item6);
        TFormatter7.Write(ref writer, value.Item7);
        TRestFormatter.Write(ref writer, value.Rest);
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(8);
        return new ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>(
            TFormatter1.Read(ref reader),
            TFormatter2.Read(ref reader),
            TFormatter3.Read(ref reader),
            TFormatter4.Read(ref reader),
            TFormatter5.Read(ref reader),
            TFormatter6.Read(ref reader),
            TFormatter7.Read(ref reader),
            TRestFormatter.Read(ref reader));
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
        schema.Part<T6, TFormatter6>();
        schema.Part<T7, TFormatter7>();
        schema.Part<TRest, TRestFormatter>();
        schema.EndComposite();
    }
}
