using System.Text;

namespace CachedAttr.Serialization;

/// <summary>Strict decoding of UTF-8: bytes that are not UTF-8 are malformed, never quietly replaced.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        // ASCII, the usual case, is checked and widened by vector instructions, with one allocation of known length.
        if (Ascii.IsValid(bytes))
            return string.Create(bytes.Length, bytes, static (chars, source) => Ascii.ToUtf16(source, chars, out _));

        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new MessagePackException("A text is not valid UTF-8.", e);
        }
    }
}
