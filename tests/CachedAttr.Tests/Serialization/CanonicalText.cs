using System.Globalization;
using System.Text;
using CachedAttr.Serialization;

namespace CachedAttr.Tests.Serialization;

/// <summary>Any MessagePack value as text, in the form that interop.py prints.</summary>
internal static class CanonicalText
{
    public static string Of(byte[] payload)
    {
        MessagePackReader reader = new(payload);
        StringBuilder text = new();
        while (!reader.End)
        {
            if (text.Length > 0)
                text.Append(' ');
            Append(ref reader, text);
        }

        return text.ToString();
    }

    private static void Append(ref MessagePackReader reader, StringBuilder text)
    {
        switch (reader.PeekType())
        {
            case MessagePackType.Nil:
                Assert.True(reader.TryReadNil());
                text.Append("nil");
                break;
            case MessagePackType.Boolean:
                text.Append(reader.ReadBoolean() ? "true" : "false");
                break;
            case MessagePackType.Integer:
                text.Append(CultureInfo.InvariantCulture, $"{CachedAttr.Serialization.Formatters.Int128Formatter.Read(ref reader)}");
                break;
            case MessagePackType.Float:
                text.Append(Hexadecimal(reader.ReadDouble()));
                break;
            case MessagePackType.String:
                text.Append('s').Append(Convert.ToHexStringLower(Encoding.UTF8.GetBytes(reader.ReadString()!)));
                break;
            case MessagePackType.Binary:
                text.Append('b').Append(Convert.ToHexStringLower(reader.ReadBinary()!));
                break;
            case MessagePackType.Array:
                AppendArray(ref reader, text);
                break;
            case MessagePackType.Map:
                AppendMap(ref reader, text);
                break;
            default:
                AppendExtension(ref reader, text);
                break;
        }
    }

    private static void AppendArray(ref MessagePackReader reader, StringBuilder text)
    {
        text.Append('[');
        int count = reader.ReadArrayHeader();
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
                text.Append(',');
            Append(ref reader, text);
        }

        text.Append(']');
    }

    private static void AppendMap(ref MessagePackReader reader, StringBuilder text)
    {
        text.Append('{');
        int count = reader.ReadMapHeader();
        for (int i = 0; i < count; i++)
        {
            if (i > 0)
                text.Append(',');
            Append(ref reader, text);
            text.Append('=');
            Append(ref reader, text);
        }

        text.Append('}');
    }

    private static void AppendExtension(ref MessagePackReader reader, StringBuilder text)
    {
        MessagePackReader ahead = reader;
        MessagePackExtensionHeader header = ahead.ReadExtensionHeader();
        if (header.Type == -1)
        {
            MessagePackTimestamp timestamp = reader.ReadTimestamp();
            text.Append(CultureInfo.InvariantCulture, $"t{timestamp.Seconds}.{timestamp.Nanoseconds}");
            return;
        }

        byte[] data = new byte[header.Length];
        ahead.ReadRaw(data);
        reader = ahead;
        text.Append(CultureInfo.InvariantCulture, $"e{header.Type}:{Convert.ToHexStringLower(data)}");
    }

    /// <summary>Python's float.hex() for the few kinds of numbers in the tests: normal ones, zeros, infinities, NaN.</summary>
    private static string Hexadecimal(double value)
    {
        if (double.IsNaN(value))
            return "nan";
        string sign = double.IsNegative(value) ? "-" : "";
        if (double.IsInfinity(value))
            return sign + "inf";

        long bits = BitConverter.DoubleToInt64Bits(value);
        long mantissa = bits & ((1L << 52) - 1);
        int exponent = (int)((bits >> 52) & 0x7ff) - 1023;
        return value == 0
            ? sign + "0x0.0p+0"
            : string.Create(CultureInfo.InvariantCulture, $"{sign}0x1.{mantissa:x13}p{(exponent < 0 ? "" : "+")}{exponent}");
    }
}
