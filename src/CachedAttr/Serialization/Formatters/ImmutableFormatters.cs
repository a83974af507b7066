using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats an immutable array as an array, its default as nil.</summary>
public readonly struct ImmutableArrayFormatter<T, TFormatter> : IMessagePackFormatter<ImmutableArray<T>>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableArray<T> value)
    {
        if (value.IsDefault)
            writer.WriteNil();
        else
            Elements<T, TFormatter>.Write(ref writer, value.AsSpan());
    }

    /// <inheritdoc/>
    public static ImmutableArray<T> Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? default : ImmutableCollectionsMarshal.AsImmutableArray(Elements<T, TFormatter>.ReadArray(ref reader));

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats an immutable list as an array, null as nil.</summary>
public readonly struct ImmutableListFormatter<T, TFormatter> : IMessagePackFormatter<ImmutableList<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableList<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableList<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : [.. Elements<T, TFormatter>.ReadArray(ref reader)];

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats an immutable queue as an array, its first element first, null as nil.</summary>
public readonly struct ImmutableQueueFormatter<T, TFormatter> : IMessagePackFormatter<ImmutableQueue<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableQueue<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableQueue<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : [.. Elements<T, TFormatter>.ReadArray(ref reader)];

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("queue");
}

/// <summary>Formats an immutable stack as an array, its top first, null as nil.</summary>
public readonly struct ImmutableStackFormatter<T, TFormatter> : IMessagePackFormatter<ImmutableStack<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableStack<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableStack<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        // Pushed in reverse, the top comes last.
        T[] elements = Elements<T, TFormatter>.ReadArray(ref reader);
        Array.Reverse(elements);
        return [.. elements];
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("stack");
}

/// <summary>Formats an immutable set as an array in enumeration order, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct ImmutableHashSetFormatter<T, TFormatter> : IMessagePackFormatter<ImmutableHashSet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableHashSet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableHashSet<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IEqualityComparer<T>? comparer = UniqueElements<T, TFormatter>.ReadEquality(ref reader);
        return UniqueElements<T, TFormatter>.ReadInto(ref reader, ImmutableHashSet.CreateBuilder(comparer)).ToImmutable();
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("set");
}

/// <summary>Formats an immutable sorted set as an array, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct ImmutableSortedSetFormatter<T, TFormatter> : IMessagePackFormatter<ImmutableSortedSet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableSortedSet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableSortedSet<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IComparer<T>? order = UniqueElements<T, TFormatter>.ReadOrder(ref reader);
        return UniqueElements<T, TFormatter>.ReadInto(ref reader, ImmutableSortedSet.CreateBuilder(order)).ToImmutable();
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("set");
}

/// <summary>Formats an immutable dictionary as a map in enumeration order, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct ImmutableDictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<ImmutableDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IEqualityComparer<TKey>? comparer = Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadEquality(ref reader);
        return Entries<TKey, TKeyFormatter, TValue, TValueFormatter>
            .ReadInto(ref reader, ImmutableDictionary.CreateBuilder<TKey, TValue>(comparer))
            .ToImmutable();
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}

/// <summary>Formats an immutable sorted dictionary as a map, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct ImmutableSortedDictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<ImmutableSortedDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableSortedDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableSortedDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IComparer<TKey>? order = Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.ReadOrder(ref reader);
        return Entries<TKey, TKeyFormatter, TValue, TValueFormatter>
            .ReadInto(ref reader, ImmutableSortedDictionary.CreateBuilder<TKey, TValue>(order))
            .ToImmutable();
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}
