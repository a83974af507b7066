namespace CachedAttr.Serialization;

/// <summary>
/// How values of one type are written and read. Formatters are structs without fields and their members static, so that a composed one, such as
/// <c>ListFormatter&lt;Tool, ToolFormatter&gt;</c>, is compiled for exactly its parts: no virtual call, no look-up, no reflection.
/// </summary>
/// <typeparam name="T">The type; for classes, null is one of its values and is written as nil.</typeparam>
public interface IMessagePackFormatter<T>
{
    /// <summary>Writes one value.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="MessagePackException">The value has no MessagePack form.</exception>
    static abstract void Write(ref MessagePackWriter writer, T value);

    /// <summary>Reads one value, equal to the one written.</summary>
    /// <param name="reader">Where from; the bytes are untrusted.</param>
    /// <returns>The value.</returns>
    /// <exception cref="MessagePackException">The bytes are not such a value; nothing else is thrown, whatever they are.</exception>
    static abstract T Read(ref MessagePackReader reader);

    /// <summary>Adds the shape of what <see cref="Write"/> writes to a schema.</summary>
    /// <param name="schema">Where to.</param>
    static abstract void Describe(SchemaBuilder schema);
}
