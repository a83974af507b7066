using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace CachedAttr.Serialization;

// What has a length prefix: text, bytes, arrays, maps, extensions. No prefix is believed before it is compared with the bytes that follow.
public ref partial struct MessagePackReader
{
    /// <summary>Reads text, or nil as null.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="MessagePackException">The next value is something else, or not valid UTF-8.</exception>
    public string? ReadString()
    {
        byte code = ReadCode();
        if (code == MessagePackCode.Nil)
            return null;

        int length = ReadByteLength(code);
        if (length == 0)
            return "";
        if (length > _span.Length - _position)
            return ReadStraddlingString(code, length);

        ReadOnlySpan<byte> bytes = _span.Slice(_position, length);
        _position += length;
        return Decode(code, bytes);
    }

    /// <summary>Reads the UTF-8 of a text without making a string; to compare member names with, for one.</summary>
    /// <returns>The bytes, unchecked: a part of the payload, or a copy of them where they straddle two segments.</returns>
    /// <exception cref="MessagePackException">The next value is something else.</exception>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        byte code = ReadCode();
        if (!IsString(code))
            MessagePackException.ThrowUnexpected(code, "text");
        return ReadSpan(ReadByteLength(code));
    }

    /// <summary>Reads bytes, or nil as null.</summary>
    /// <returns>A new array.</returns>
    /// <exception cref="MessagePackException">The next value is something else.</exception>
    public byte[]? ReadBinary()
    {
        if (TryReadNil())
            return null;

        int length = ReadBinaryHeader();
        if (length == 0)
            return [];

        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads what stands before bytes, which <see cref="ReadRaw"/> then reads.</summary>
    /// <returns>How many bytes follow; that many are there.</returns>
    /// <exception cref="MessagePackException">The next value is something else.</exception>
    public int ReadBinaryHeader()
    {
        byte code = ReadCode();
        if (!IsBinary(code))
            MessagePackException.ThrowUnexpected(code, "bytes");
        return ReadByteLength(code);
    }

    /// <summary>Reads what stands before an array.</summary>
    /// <returns>How many values follow; at least that many bytes are there.</returns>
    /// <exception cref="MessagePackException">The next value is something else.</exception>
    public int ReadArrayHeader()
    {
        byte code = ReadCode();
        int count = code & 0x0f;
        if ((code & 0xf0) != MessagePackCode.FixArray)
            count = ReadLongCount(code, MessagePackCode.Array16, "an array");
        if (count > _span.Length - _position)
            CheckLength(count);
        return count;
    }

    /// <summary>Reads what stands before an array of a known number of values.</summary>
    /// <param name="expected">How many values must follow.</param>
    /// <exception cref="MessagePackException">The next value is something else, or an array of another number of values.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ReadArrayHeader(int expected)
    {
        int count = ReadArrayHeader();
        if (count != expected)
            MessagePackException.ThrowCount(count, expected);
    }

    /// <summary>Reads what stands before a map.</summary>
    /// <returns>How many pairs of values follow; at least twice that many bytes are there.</returns>
    /// <exception cref="MessagePackException">The next value is something else.</exception>
    public int ReadMapHeader()
    {
        byte code = ReadCode();
        int count = code & 0x0f;
        if ((code & 0xf0) != MessagePackCode.FixMap)
            count = ReadLongCount(code, MessagePackCode.Map16, "a map");
        CheckLength(2L * count);
        return count;
    }

    /// <summary>Reads what stands before the bytes of an extension value, which <see cref="ReadRaw"/> then reads.</summary>
    /// <returns>The type, and how many bytes follow; that many are there.</returns>
    /// <exception cref="MessagePackException">The next value is something else.</exception>
    public MessagePackExtensionHeader ReadExtensionHeader() => ReadExtensionHeader(ReadCode());

    /// <summary>Reads the bytes that a header announced.</summary>
    /// <param name="target">Receives them; its length says how many.</param>
    /// <exception cref="MessagePackException">There are fewer.</exception>
    public void ReadRaw(scoped Span<byte> target)
    {
        CheckLength(target.Length);
        CopyTo(target);
    }

    /// <summary>Reads an instant in any of the three forms of the specification's timestamp.</summary>
    /// <returns>The instant.</returns>
    /// <exception cref="MessagePackException">The next value is something else, or has a second or more of nanoseconds.</exception>
    public MessagePackTimestamp ReadTimestamp()
    {
        MessagePackExtensionHeader header = ReadExtensionHeader();
        if (header.Type != MessagePackCode.TimestampExtension)
            MessagePackException.ThrowValue("timestamp");

        MessagePackTimestamp value = default;
        switch (header.Length)
        {
            case 4:
                value = new MessagePackTimestamp(ReadBytes4(), 0);
                break;
            case 8:
                ulong packed = ReadBytes8();
                value = new MessagePackTimestamp((long)(packed & ((1UL << 34) - 1)), (uint)(packed >> 34));
                break;
            case 12:
                uint nanoseconds = ReadBytes4();
                value = new MessagePackTimestamp((long)ReadBytes8(), nanoseconds);
                break;
            default:
                MessagePackException.ThrowValue("timestamp");
                break;
        }

        if (value.Nanoseconds >= MessagePackTimestamp.NanosecondsPerSecond)
            MessagePackException.ThrowValue("timestamp");
        return value;
    }

    private static bool IsString(byte code) =>
        (code & 0xe0) == MessagePackCode.FixStr || code is >= MessagePackCode.Str8 and <= MessagePackCode.Str32;

    private static bool IsBinary(byte code) => code is >= MessagePackCode.Bin8 and <= MessagePackCode.Bin32;

    private static bool IsExtension(byte code) =>
        code is (>= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16) or (>= MessagePackCode.Ext8 and <= MessagePackCode.Ext32);

    private MessagePackExtensionHeader ReadExtensionHeader(byte code)
    {
        long length = 0;
        if (code is >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16)
            length = 1L << (code - MessagePackCode.FixExt1);
        else if (IsExtension(code))
            length = ReadPrefix(code - MessagePackCode.Ext8);
        else
            MessagePackException.ThrowUnexpected(code, "an extension");

        sbyte type = (sbyte)ReadCode();
        return new MessagePackExtensionHeader(type, CheckLength(length));
    }

    /// <summary>The number of bytes of a text or binary value; that many are there.</summary>
    private int ReadByteLength(byte code)
    {
        if ((code & 0xe0) == MessagePackCode.FixStr)
            return CheckLength(code & MessagePackCode.FixStrMax);
        if (IsString(code))
            return CheckLength(ReadPrefix(code - MessagePackCode.Str8));
        if (!IsBinary(code))
            MessagePackException.ThrowUnexpected(code, "text or bytes");
        return CheckLength(ReadPrefix(code - MessagePackCode.Bin8));
    }

    private int ReadLongCount(byte code, byte code16, string expected)
    {
        if (code != code16 && code != code16 + 1)
            MessagePackException.ThrowUnexpected(code, expected);
        return CheckLength(ReadPrefix(1 + code - code16));
    }

    /// <summary>A length of 1, 2 or 4 bytes, as <paramref name="widthLog2"/> says.</summary>
    private long ReadPrefix(int widthLog2) => widthLog2 switch
    {
        0 => ReadCode(),
        1 => ReadBytes2(),
        _ => ReadBytes4(),
    };

    private readonly int CheckLength(long length)
    {
        if (length > Remaining || length > Array.MaxLength)
            MessagePackException.ThrowLength(length, Remaining);
        return (int)length;
    }

    /// <summary>Bytes whose number has been checked.</summary>
    private ReadOnlySpan<byte> ReadSpan(int length)
    {
        if (length > _span.Length - _position)
        {
            byte[] copy = new byte[length];
            CopyTo(copy);
            return copy;
        }

        ReadOnlySpan<byte> bytes = _span.Slice(_position, length);
        _position += length;
        return bytes;
    }

    private string ReadStraddlingString(byte code, int length)
    {
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, length);
            CopyTo(bytes);
            return Decode(code, bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static string Decode(byte code, ReadOnlySpan<byte> bytes) => IsBinary(code) ? DecodeUtf16(bytes) : Utf8Text.Decode(bytes);

    /// <summary>The form of text that has no UTF-8; see <see cref="MessagePackWriter.WriteString(string?)"/>.</summary>
    private static string DecodeUtf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(char) != 0)
            MessagePackException.ThrowValue("text");
        return new string(MemoryMarshal.Cast<byte, char>(bytes));
    }
}
