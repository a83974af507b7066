using System.Globalization;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a 32-bit floating-point number, bit by bit.</summary>
public readonly struct SingleFormatter : IMessagePackFormatter<float>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, float value) => writer.WriteSingle(value);

    /// <inheritdoc/>
    public static float Read(ref MessagePackReader reader) => reader.ReadSingle();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("float32");
}

/// <summary>Formats a 64-bit floating-point number, bit by bit.</summary>
public readonly struct DoubleFormatter : IMessagePackFormatter<double>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, double value) => writer.WriteDouble(value);

    /// <inheritdoc/>
    public static double Read(ref MessagePackReader reader) => reader.ReadDouble();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("float64");
}

/// <summary>Formats a 16-bit floating-point number as one of 32 bits, as MessagePack-CSharp does.</summary>
public readonly struct HalfFormatter : IMessagePackFormatter<Half>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Half value) => writer.WriteSingle((float)value);

    /// <inheritdoc/>
    public static Half Read(ref MessagePackReader reader)
    {
        float value = reader.ReadSingle();
        Half half = (Half)value;
        if ((float)half != value && !float.IsNaN(value))
            MessagePackException.ThrowValue(nameof(Half));
        return half;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("float16");
}

/// <summary>Formats a decimal as invariant text, as MessagePack-CSharp does; trailing zeros are kept.</summary>
public readonly struct DecimalFormatter : IMessagePackFormatter<decimal>
{
    // Sign, 29 digits, and a point: all fit a fixstr.
    private const int MaxLength = 31;
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, decimal value) => writer.WriteFormatted(value, MaxLength);

    /// <inheritdoc/>
    public static decimal Read(ref MessagePackReader reader)
    {
        if (!decimal.TryParse(reader.ReadUtf8(), Style, CultureInfo.InvariantCulture, out decimal value))
            MessagePackException.ThrowValue(nameof(Decimal));
        return value;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("decimal");
}

/// <summary>Formats true and false.</summary>
public readonly struct BooleanFormatter : IMessagePackFormatter<bool>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, bool value) => writer.WriteBoolean(value);

    /// <inheritdoc/>
    public static bool Read(ref MessagePackReader reader) => reader.ReadBoolean();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("bool");
}
