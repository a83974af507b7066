using System.Runtime.InteropServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats an array of one dimension as a MessagePack array, null as nil. Bytes have <see cref="ByteArrayFormatter"/>.</summary>
public readonly struct ArrayFormatter<T, TFormatter> : IMessagePackFormatter<T[]?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[]? value)
    {
        if (value is null)
            writer.WriteNil();
        else
            Elements<T, TFormatter>.Write(ref writer, new ReadOnlySpan<T>(value));
    }

    /// <inheritdoc/>
    public static T[]? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadArray(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats a list as an array, null as nil.</summary>
public readonly struct ListFormatter<T, TFormatter> : IMessagePackFormatter<List<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, List<T>? value)
    {
        if (value is null)
            writer.WriteNil();
        else
            Elements<T, TFormatter>.Write(ref writer, CollectionsMarshal.AsSpan(value));
    }

    /// <inheritdoc/>
    public static List<T>? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadList(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats any list as an array, null as nil; read as a <see cref="List{T}"/>.</summary>
public readonly struct ListInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IList<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IList<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IList<T>? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadList(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats any collection as an array, null as nil; read as a <see cref="List{T}"/>.</summary>
public readonly struct CollectionInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<ICollection<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ICollection<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ICollection<T>? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadList(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats any read-only list as an array, null as nil; read as a <see cref="List{T}"/>.</summary>
public readonly struct ReadOnlyListInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IReadOnlyList<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyList<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IReadOnlyList<T>? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadList(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats any read-only collection as an array, null as nil; read as a <see cref="List{T}"/>.</summary>
public readonly struct ReadOnlyCollectionInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IReadOnlyCollection<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyCollection<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IReadOnlyCollection<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadList(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats any sequence as an array, null as nil; read as a <see cref="List{T}"/>. A lazy one is enumerated once.</summary>
public readonly struct EnumerableInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IEnumerable<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IEnumerable<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IEnumerable<T>? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadList(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}
