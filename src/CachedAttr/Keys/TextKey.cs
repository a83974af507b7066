using System.ComponentModel;

namespace CachedAttr.Keys;

/// <summary>A typed key that is one string, compared ordinally: a single string argument, or the whole key where it has no other typed form.</summary>
/// <param name="Text">The string; <see langword="null"/> is a value of its own.</param>
/// <remarks>A struct around the string, so that the store's code is compiled for it and compares without an indirection.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TextKey(string? Text)
{
    /// <summary>Whether both are the same string.</summary>
    /// <param name="other">The other key.</param>
    public bool Equals(TextKey other) => string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => Text is null ? 0 : Text.GetHashCode(StringComparison.Ordinal);
}

/// <summary>The codec of methods whose typed key is the key string itself.</summary>
/// <param name="template">The key template, with which strings that cannot be this method's keys are told apart.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextKeyCodec(string template) : KeyCodec<TextKey>
{
    private readonly KeyTemplate _template = KeyTemplate.Parse(template);

    /// <inheritdoc/>
    public override void Write(ref KeyWriter writer, TextKey key) => writer.AppendLiteral(key.Text);

    /// <inheritdoc/>
    public override bool TryRead(ReadOnlySpan<char> text, out TextKey key)
    {
        bool possible = _template.CanProduce(text);
        key = possible ? new TextKey(text.ToString()) : default;
        return possible;
    }
}
