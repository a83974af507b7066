using System.Collections.Frozen;
using System.Collections.ObjectModel;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a set as an array in enumeration order, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct HashSetFormatter<T, TFormatter> : IMessagePackFormatter<HashSet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, HashSet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static HashSet<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : UniqueElements<T, TFormatter>.ReadHashSet(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("set");
}

/// <summary>Formats any set as an array in enumeration order, null as nil; read as a <see cref="HashSet{T}"/>.</summary>
public readonly struct SetInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<ISet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ISet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ISet<T>? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : UniqueElements<T, TFormatter>.ReadHashSet(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("set");
}

/// <summary>Formats any set as an array in enumeration order, null as nil; read as a <see cref="HashSet{T}"/>.</summary>
public readonly struct ReadOnlySetInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IReadOnlySet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlySet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IReadOnlySet<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : UniqueElements<T, TFormatter>.ReadHashSet(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("set");
}

/// <summary>Formats a read-only set as an array in enumeration order, null as nil; read with the default comparer.</summary>
public readonly struct ReadOnlySetFormatter<T, TFormatter> : IMessagePackFormatter<ReadOnlySet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlySet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ReadOnlySet<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : new(UniqueElements<T, TFormatter>.ReadHashSet(ref reader));

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("set");
}

/// <summary>Formats a sorted set as an array, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct SortedSetFormatter<T, TFormatter> : IMessagePackFormatter<SortedSet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedSet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static SortedSet<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        IComparer<T>? order = UniqueElements<T, TFormatter>.ReadOrder(ref reader);
        return UniqueElements<T, TFormatter>.ReadInto(ref reader, new SortedSet<T>(order));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("set");
}

/// <summary>Formats a frozen set as an array in enumeration order, null as nil. Of comparers, those of .NET for text are kept.</summary>
public readonly struct FrozenSetFormatter<T, TFormatter> : IMessagePackFormatter<FrozenSet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, FrozenSet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static FrozenSet<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        HashSet<T> values = UniqueElements<T, TFormatter>.ReadHashSet(ref reader);
        return values.ToFrozenSet(values.Comparer);
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("set");
}
