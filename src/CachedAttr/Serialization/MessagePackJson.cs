using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CachedAttr.Serialization;

/// <summary>Shows a MessagePack value as JSON, whatever its type. For people and tools: binary and extensions become base64, and there is no way back.</summary>
public static class MessagePackJson
{
    private const sbyte TimestampType = -1;

    // Quotes and angle brackets stay legible: whoever shows the text in a page encodes it there.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The value as JSON.</summary>
    /// <param name="payload">One MessagePack value; untrusted.</param>
    /// <param name="indented">Whether it is spread over lines.</param>
    /// <returns>The JSON text.</returns>
    /// <exception cref="MessagePackException">The payload is damaged, or bytes follow the value.</exception>
    public static string Write(ReadOnlySequence<byte> payload, bool indented = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options with { Indented = indented }))
        {
            MessagePackReader reader = new(payload);
            Write(ref reader, writer);
            if (!reader.End)
                throw new MessagePackException(FormattableString.Invariant($"{reader.Remaining} bytes follow the value."));
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        switch (reader.PeekType())
        {
            case MessagePackType.Nil:
                reader.TryReadNil();
                writer.WriteNullValue();
                break;
            case MessagePackType.Boolean:
                writer.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Integer:
                WriteInteger(ref reader, writer);
                break;
            case MessagePackType.Float:
                WriteFloat(reader.ReadDouble(), writer);
                break;
            case MessagePackType.String:
                writer.WriteStringValue(reader.ReadString());
                break;
            case MessagePackType.Binary:
                writer.WriteBase64StringValue(reader.ReadBinary());
                break;
            case MessagePackType.Array:
                WriteArray(ref reader, writer);
                break;
            case MessagePackType.Map:
                WriteMap(ref reader, writer);
                break;
            default:
                WriteExtension(ref reader, writer);
                break;
        }
    }

    private static void WriteArray(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        int count = reader.ReadArrayHeader();
        reader.Enter();
        writer.WriteStartArray();
        for (int i = 0; i < count; i++)
            Write(ref reader, writer);
        writer.WriteEndArray();
        reader.Leave();
    }

    private static void WriteMap(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        int count = reader.ReadMapHeader();
        reader.Enter();
        writer.WriteStartObject();
        for (int i = 0; i < count; i++)
        {
            writer.WritePropertyName(Name(ref reader));
            Write(ref reader, writer);
        }

        writer.WriteEndObject();
        reader.Leave();
    }

    // Any value can be a key; those that are no text are shown as the JSON that they would be.
    private static string Name(ref MessagePackReader reader)
    {
        if (reader.PeekType() == MessagePackType.String)
            return reader.ReadString() ?? "";
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            Write(ref reader, writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteInteger(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        var again = reader;
        try
        {
            writer.WriteNumberValue(reader.ReadInt64());
        }
        catch (MessagePackException)
        {
            reader = again; // above the signed numbers
            writer.WriteNumberValue(reader.ReadUInt64());
        }
    }

    // JSON has no word for what is not a number.
    private static void WriteFloat(double value, Utf8JsonWriter writer)
    {
        if (double.IsFinite(value))
            writer.WriteNumberValue(value);
        else
            writer.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    private static void WriteExtension(ref MessagePackReader reader, Utf8JsonWriter writer)
    {
        var again = reader;
        var header = reader.ReadExtensionHeader();
        if (header.Type == TimestampType)
        {
            reader = again;
            writer.WriteStringValue(new DateTime(reader.ReadTimestamp().ToTicks(), DateTimeKind.Utc));
            return;
        }

        if (header.Length > reader.Remaining)
            throw new MessagePackException("An extension is longer than what is left.");
        byte[] bytes = new byte[header.Length];
        reader.ReadRaw(bytes);
        writer.WriteStartObject();
        writer.WriteNumber("extension", header.Type);
        writer.WriteBase64String("data", bytes);
        writer.WriteEndObject();
    }
}
