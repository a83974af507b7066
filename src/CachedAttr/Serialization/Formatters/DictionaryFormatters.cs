using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.ObjectModel;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a dictionary as a map in enumeration order, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct DictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter> : IMessagePackFormatter<Dictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Dictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static Dictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadDictionary(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>
/// Formats any dictionary as a map in enumeration order, null as nil; read as a <see cref="Dictionary{TKey, TValue}"/> with the default
/// comparer.
/// </summary>
public readonly struct DictionaryInterfaceFormatter<TKey, TKeyFormatter, TValue, TValueFormatter> : IMessagePackFormatter<IDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IDictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadDictionary(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>
/// Formats any read-only dictionary as a map in enumeration order, null as nil; read as a <see cref="Dictionary{TKey, TValue}"/> with the
/// default comparer.
/// </summary>
public readonly struct ReadOnlyDictionaryInterfaceFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<IReadOnlyDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IReadOnlyDictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadDictionary(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>Formats a sorted dictionary as a map, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct SortedDictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<SortedDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static SortedDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IComparer<TKey>? order = Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadOrder(ref reader);
        return Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadInto(ref reader, new SortedDictionary<TKey, TValue>(order));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>Formats a sorted list as a map, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct SortedListFormatter<TKey, TKeyFormatter, TValue, TValueFormatter> : IMessagePackFormatter<SortedList<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedList<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static SortedList<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IComparer<TKey>? order = Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadOrder(ref reader);
        return Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadInto(ref reader, new SortedList<TKey, TValue>(order));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>Formats a snapshot of a concurrent dictionary as a map, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct ConcurrentDictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<ConcurrentDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ConcurrentDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IEqualityComparer<TKey>? comparer = Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadEquality(ref reader);
        return Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadInto(ref reader, new ConcurrentDictionary<TKey, TValue>(comparer));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>Formats a frozen dictionary as a map in enumeration order, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct FrozenDictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<FrozenDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, FrozenDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static FrozenDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        Dictionary<TKey, TValue> entries = Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadDictionary(ref reader);
        return entries.ToFrozenDictionary(entries.Comparer);
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>Formats a read-only dictionary as a map in enumeration order, null as nil; read with the default comparer.</summary>
public readonly struct ReadOnlyDictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<ReadOnlyDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ReadOnlyDictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : new(Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadDictionary(ref reader));

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>Formats a dictionary that keeps its order as a map, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct OrderedDictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<OrderedDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, OrderedDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static OrderedDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IEqualityComparer<TKey>? comparer = Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadEquality(ref reader);
        return Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadInto(ref reader, new OrderedDictionary<TKey, TValue>(comparer));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>Formats a pair as an array of two elements, as MessagePack-CSharp does.</summary>
public readonly struct KeyValuePairFormatter<TKey, TKeyFormatter, TValue, TValueFormatter> : IMessagePackFormatter<KeyValuePair<TKey, TValue>>
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, KeyValuePair<TKey, TValue> value)
    {
        writer.WriteArrayHeader(2);
        TKeyFormatter.Write(ref writer, value.Key);
        TValueFormatter.Write(ref writer, value.Value);
    }

    /// <inheritdoc/>
    public static KeyValuePair<TKey, TValue> Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(2);
        return new KeyValuePair<TKey, TValue>(TKeyFormatter.Read(ref reader), TValueFormatter.Read(ref reader));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema)
    {
        schema.BeginComposite("tuple");
        schema.Part<TKey, TKeyFormatter>();
        schema.Part<TValue, TValueFormatter>();
        schema.EndComposite();
    }
}
