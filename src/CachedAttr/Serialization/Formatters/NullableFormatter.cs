namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a value that may be missing: nil, or the value.</summary>
public readonly struct NullableFormatter<T, TFormatter> : IMessagePackFormatter<T?>
    where T : struct
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T? value)
    {
        if (value is null)
            writer.WriteNil();
        else
            TFormatter.Write(ref writer, value.GetValueOrDefault());
    }

    /// <inheritdoc/>
    public static T? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : TFormatter.Read(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("nullable");
}
