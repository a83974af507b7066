using System.Collections.Immutable;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats any immutable list as an array, null as nil; read as an <see cref="ImmutableList{T}"/>.</summary>
public readonly struct ImmutableListInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IImmutableList<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableList<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IImmutableList<T>? Read(ref MessagePackReader reader) => ImmutableListFormatter<T, TFormatter>.Read(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => ImmutableListFormatter<T, TFormatter>.Describe(schema);
}

/// <summary>Formats any immutable queue as an array, its first element first, null as nil; read as an <see cref="ImmutableQueue{T}"/>.</summary>
public readonly struct ImmutableQueueInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IImmutableQueue<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableQueue<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IImmutableQueue<T>? Read(ref MessagePackReader reader) => ImmutableQueueFormatter<T, TFormatter>.Read(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => ImmutableQueueFormatter<T, TFormatter>.Describe(schema);
}

/// <summary>Formats any immutable stack as an array, its top first, null as nil; read as an <see cref="ImmutableStack{T}"/>.</summary>
public readonly struct ImmutableStackInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IImmutableStack<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableStack<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IImmutableStack<T>? Read(ref MessagePackReader reader) => ImmutableStackFormatter<T, TFormatter>.Read(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => ImmutableStackFormatter<T, TFormatter>.Describe(schema);
}

/// <summary>Formats any immutable set as an array in enumeration order, null as nil; read as an <see cref="ImmutableHashSet{T}"/>.</summary>
public readonly struct ImmutableSetInterfaceFormatter<T, TFormatter> : IMessagePackFormatter<IImmutableSet<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableSet<T>? value) => UniqueElements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IImmutableSet<T>? Read(ref MessagePackReader reader) => ImmutableHashSetFormatter<T, TFormatter>.Read(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => ImmutableHashSetFormatter<T, TFormatter>.Describe(schema);
}

/// <summary>Formats any immutable dictionary as a map in enumeration order, null as nil; read as an <see cref="ImmutableDictionary{TKey, TValue}"/>.</summary>
public readonly struct ImmutableDictionaryInterfaceFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>
    : IMessagePackFormatter<IImmutableDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IImmutableDictionary<TKey, TValue>? value) =>
        Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static IImmutableDictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        ImmutableDictionaryFormatter<TKey, TKeyFormatter, TValue, TValueFormatter>.Read(ref reader);

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => Entries<TKey, TKeyFormatter, TValue, TValueFormatter>.Describe(schema);
}
