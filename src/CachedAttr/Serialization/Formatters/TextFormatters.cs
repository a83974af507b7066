using System.Buffers.Text;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats text as UTF-8, null as nil.</summary>
public readonly struct StringFormatter : IMessagePackFormatter<string?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, string? value) => writer.WriteString(value);

    /// <inheritdoc/>
    public static string? Read(ref MessagePackReader reader) => reader.ReadString();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("string");
}

/// <summary>Formats a UTF-16 code unit as an integer, as MessagePack-CSharp does.</summary>
public readonly struct CharFormatter : IMessagePackFormatter<char>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, char value) => writer.WriteUInt32(value);

    /// <inheritdoc/>
    public static char Read(ref MessagePackReader reader) => (char)reader.ReadUInt16();

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("char");
}

/// <summary>Formats a GUID as text of 36 characters, as MessagePack-CSharp does.</summary>
public readonly struct GuidFormatter : IMessagePackFormatter<Guid>
{
    private const int Length = 36;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Guid value) => writer.WriteFormatted(value, Length);

    /// <inheritdoc/>
    public static Guid Read(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadUtf8();
        if (!Utf8Parser.TryParse(text, out Guid value, out int consumed, 'D') || consumed != text.Length)
            MessagePackException.ThrowValue(nameof(Guid));
        return value;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("guid");
}

/// <summary>Formats a version as text, null as nil, as MessagePack-CSharp does.</summary>
public readonly struct VersionFormatter : IMessagePackFormatter<Version?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Version? value) => writer.WriteString(value?.ToString());

    /// <inheritdoc/>
    public static Version? Read(ref MessagePackReader reader)
    {
        string? text = reader.ReadString();
        if (text is null)
            return null;
        if (!Version.TryParse(text, out Version? value))
            MessagePackException.ThrowValue(nameof(Version));
        return value;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("version");
}

/// <summary>Formats a URI as its original text, null as nil, as MessagePack-CSharp does.</summary>
/// <remarks>
/// A relative one that reads like an absolute one, such as <c>/tmp</c> on Unix, is the single element of an array, so that it stays relative.
/// </remarks>
public readonly struct UriFormatter : IMessagePackFormatter<Uri?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Uri? value)
    {
        if (value is { IsAbsoluteUri: false } && Uri.TryCreate(value.OriginalString, UriKind.Absolute, out _))
            writer.WriteArrayHeader(1);
        writer.WriteString(value?.OriginalString);
    }

    /// <inheritdoc/>
    public static Uri? Read(ref MessagePackReader reader)
    {
        UriKind kind = UriKind.RelativeOrAbsolute;
        if (reader.PeekType() == MessagePackType.Array)
        {
            reader.ReadArrayHeader(1);
            kind = UriKind.Relative;
        }

        string? text = reader.ReadString();
        if (text is null)
            return null;
        if (!Uri.TryCreate(text, kind, out Uri? value))
            MessagePackException.ThrowValue(nameof(Uri));
        return value;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("uri");
}
