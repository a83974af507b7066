using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace CachedAttr.Serialization;

// What has a length prefix: text, bytes, arrays, maps, extensions.
public ref partial struct MessagePackWriter
{
    private const int MaxHeader = 5;
    private const int MaxUtf8PerChar = 3;

    /// <summary>
    /// Writes text as UTF-8, or nil. Text that is not valid UTF-16 (half of a surrogate pair) has no UTF-8 form; it is written as the bytes
    /// of its UTF-16 code units, little-endian, so that it is read as it was, and that no other program takes a damaged text for a good one.
    /// </summary>
    /// <param name="value">The text.</param>
    public void WriteString(string? value)
    {
        if (value is null)
            WriteNil();
        else
            WriteString(value.AsSpan());
    }

    /// <summary>Writes text as UTF-8; see <see cref="WriteString(string?)"/>.</summary>
    /// <param name="value">The text.</param>
    public void WriteString(scoped ReadOnlySpan<char> value)
    {
        // The hot path: a short ASCII text, a byte for each character.
        if (value.Length <= MessagePackCode.FixStrMax)
        {
            Span<byte> target = Reserve(1 + value.Length);
            if (Ascii.FromUtf16(value, target[1..], out _) == OperationStatus.Done)
            {
                target[0] = (byte)(MessagePackCode.FixStr | value.Length);
                _position += 1 + value.Length;
                return;
            }
        }

        WriteLongString(value);
    }

    /// <summary>Writes text that is UTF-8 already.</summary>
    /// <param name="utf8">Valid UTF-8; it is not checked.</param>
    public void WriteUtf8(scoped ReadOnlySpan<byte> utf8)
    {
        Span<byte> target = Reserve(checked(utf8.Length + MaxHeader));
        int header = EncodeStringHeader(target, utf8.Length);
        utf8.CopyTo(target[header..]);
        _position += header + utf8.Length;
    }

    /// <summary>Writes the text of a value that formats itself as UTF-8, in the invariant culture.</summary>
    /// <param name="value">The value.</param>
    /// <param name="maxLength">The most bytes that its text can take.</param>
    internal void WriteFormatted<T>(T value, int maxLength)
        where T : IUtf8SpanFormattable
    {
        Span<byte> target = Reserve(maxLength + MaxHeader);
        int header = StringHeaderLength(maxLength);
        if (!value.TryFormat(target[header..], out int length, default, System.Globalization.CultureInfo.InvariantCulture))
            throw new MessagePackException(FormattableString.Invariant($"The text of a {typeof(T).Name} is longer than {maxLength} bytes."));

        int needed = StringHeaderLength(length);
        if (needed != header)
            target.Slice(header, length).CopyTo(target[needed..]);
        EncodeStringHeader(target, length);
        _position += needed + length;
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The bytes.</param>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        WriteBinaryHeader(value.Length);
        WriteRaw(value);
    }

    /// <summary>Announces bytes, which <see cref="WriteRaw"/> then writes.</summary>
    /// <param name="length">How many.</param>
    public void WriteBinaryHeader(int length)
    {
        Span<byte> target = Reserve(MaxHeader);
        _position += Checked(length) switch
        {
            <= byte.MaxValue => Encode8(target, MessagePackCode.Bin8, (byte)length),
            <= ushort.MaxValue => Encode16(target, MessagePackCode.Bin16, (ushort)length),
            _ => Encode32(target, MessagePackCode.Bin32, (uint)length),
        };
    }

    /// <summary>Announces an array: that many values follow.</summary>
    /// <param name="count">How many.</param>
    public void WriteArrayHeader(int count)
    {
        if ((uint)count <= MessagePackCode.FixCountMax)
            WriteByte((byte)(MessagePackCode.FixArray | count));
        else
            WriteCount(count, MessagePackCode.Array16, MessagePackCode.Array32);
    }

    /// <summary>Announces a map: that many pairs of a key and a value follow.</summary>
    /// <param name="count">How many pairs.</param>
    public void WriteMapHeader(int count)
    {
        if ((uint)count <= MessagePackCode.FixCountMax)
            WriteByte((byte)(MessagePackCode.FixMap | count));
        else
            WriteCount(count, MessagePackCode.Map16, MessagePackCode.Map32);
    }

    /// <summary>Writes a value of an application's own type.</summary>
    /// <param name="type">0 to 127; negative types are the specification's.</param>
    /// <param name="data">Its bytes.</param>
    public void WriteExtension(sbyte type, scoped ReadOnlySpan<byte> data)
    {
        WriteExtensionHeader(type, data.Length);
        WriteRaw(data);
    }

    /// <summary>Announces an extension value, whose bytes <see cref="WriteRaw"/> then writes.</summary>
    /// <param name="type">0 to 127; negative types are the specification's.</param>
    /// <param name="length">How many bytes.</param>
    public void WriteExtensionHeader(sbyte type, int length)
    {
        Span<byte> target = Reserve(MaxHeader + 1);
        int header = Checked(length) switch
        {
            1 => EncodeFixExt(target, MessagePackCode.FixExt1),
            2 => EncodeFixExt(target, MessagePackCode.FixExt2),
            4 => EncodeFixExt(target, MessagePackCode.FixExt4),
            8 => EncodeFixExt(target, MessagePackCode.FixExt8),
            16 => EncodeFixExt(target, MessagePackCode.FixExt16),
            <= byte.MaxValue => Encode8(target, MessagePackCode.Ext8, (byte)length),
            <= ushort.MaxValue => Encode16(target, MessagePackCode.Ext16, (ushort)length),
            _ => Encode32(target, MessagePackCode.Ext32, (uint)length),
        };
        target[header] = (byte)type;
        _position += header + 1;
    }

    /// <summary>
    /// Writes an instant as the specification's timestamp: 32 bits for whole seconds to 2106, 64 with nanoseconds to 2514, else 96.
    /// </summary>
    /// <param name="value">The instant.</param>
    /// <exception cref="MessagePackException">A second or more of nanoseconds.</exception>
    public void WriteTimestamp(MessagePackTimestamp value)
    {
        if (value.Nanoseconds >= MessagePackTimestamp.NanosecondsPerSecond)
            MessagePackException.ThrowValue("timestamp");

        Span<byte> target = Reserve(15);
        if (value.Seconds >> 34 != 0)
        {
            target[0] = MessagePackCode.Ext8;
            target[1] = 12;
            target[2] = unchecked((byte)MessagePackCode.TimestampExtension);
            BinaryPrimitives.WriteUInt32BigEndian(target[3..], value.Nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(target[7..], value.Seconds);
            _position += 15;
            return;
        }

        ulong packed = ((ulong)value.Nanoseconds << 34) | (ulong)value.Seconds;
        target[1] = unchecked((byte)MessagePackCode.TimestampExtension);
        if (packed <= uint.MaxValue)
        {
            target[0] = MessagePackCode.FixExt4;
            BinaryPrimitives.WriteUInt32BigEndian(target[2..], (uint)packed);
            _position += 6;
        }
        else
        {
            target[0] = MessagePackCode.FixExt8;
            BinaryPrimitives.WriteUInt64BigEndian(target[2..], packed);
            _position += 10;
        }
    }

    private void WriteLongString(scoped ReadOnlySpan<char> value)
    {
        // If the longest possible UTF-8 fits into what the destination has lent already, the text is encoded in one pass, behind the header
        // that fits if all is ASCII. Otherwise the bytes are counted first, and no more are asked for than are needed.
        int room = _span.Length - _position - MaxHeader;
        if (value.Length > room / MaxUtf8PerChar)
        {
            long exact = Math.Max((long)Encoding.UTF8.GetByteCount(value), value.Length);
            if (exact > Array.MaxLength - MaxHeader)
                throw new MessagePackException("A text is longer than a buffer can be.");
            if (exact > room)
                Grow((int)exact + MaxHeader);
        }

        Span<byte> target = _span[_position..];
        int header = StringHeaderLength(value.Length);
        if (Utf8.FromUtf16(value, target[header..], out _, out int length, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            WriteBinary(MemoryMarshal.AsBytes(value));
            return;
        }

        int needed = StringHeaderLength(length);
        if (needed != header)
            target.Slice(header, length).CopyTo(target[needed..]);
        EncodeStringHeader(target, length);
        _position += needed + length;
    }

    private void WriteCount(int count, byte code16, byte code32)
    {
        Span<byte> target = Reserve(MaxHeader);
        _position += Checked(count) <= ushort.MaxValue
            ? Encode16(target, code16, (ushort)count)
            : Encode32(target, code32, (uint)count);
    }

    private static int EncodeFixExt(Span<byte> target, byte code)
    {
        target[0] = code;
        return 1;
    }

    private static int StringHeaderLength(int length) => length switch
    {
        <= MessagePackCode.FixStrMax => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => 5,
    };

    private static int EncodeStringHeader(Span<byte> target, int length)
    {
        if (length <= MessagePackCode.FixStrMax)
        {
            target[0] = (byte)(MessagePackCode.FixStr | length);
            return 1;
        }

        return length switch
        {
            <= byte.MaxValue => Encode8(target, MessagePackCode.Str8, (byte)length),
            <= ushort.MaxValue => Encode16(target, MessagePackCode.Str16, (ushort)length),
            _ => Encode32(target, MessagePackCode.Str32, (uint)length),
        };
    }

    private static int Checked(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count;
    }
}
