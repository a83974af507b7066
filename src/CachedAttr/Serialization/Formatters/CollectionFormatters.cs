using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a linked list as an array, null as nil.</summary>
public readonly struct LinkedListFormatter<T, TFormatter> : IMessagePackFormatter<LinkedList<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, LinkedList<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static LinkedList<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadInto(ref reader, new LinkedList<T>());

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats a collection as an array, null as nil.</summary>
public readonly struct CollectionFormatter<T, TFormatter> : IMessagePackFormatter<Collection<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Collection<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static Collection<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : new Collection<T>(Elements<T, TFormatter>.ReadList(ref reader));

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats a read-only collection as an array, null as nil.</summary>
public readonly struct ReadOnlyCollectionFormatter<T, TFormatter> : IMessagePackFormatter<ReadOnlyCollection<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyCollection<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ReadOnlyCollection<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : new ReadOnlyCollection<T>(Elements<T, TFormatter>.ReadList(ref reader));

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats an observable collection as an array, null as nil; nobody observes the one that is read.</summary>
public readonly struct ObservableCollectionFormatter<T, TFormatter> : IMessagePackFormatter<ObservableCollection<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ObservableCollection<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static ObservableCollection<T>? Read(ref MessagePackReader reader) =>
        reader.TryReadNil() ? null : Elements<T, TFormatter>.ReadInto(ref reader, new ObservableCollection<T>());

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("list");
}

/// <summary>Formats a queue as an array, its first element first, null as nil.</summary>
public readonly struct QueueFormatter<T, TFormatter> : IMessagePackFormatter<Queue<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Queue<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static Queue<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        int count = reader.ReadArrayHeader();
        Queue<T> queue = new(reader.GetInitialCapacity(count, Unsafe.SizeOf<T>()));
        for (int i = 0; i < count; i++)
            queue.Enqueue(TFormatter.Read(ref reader));
        return queue;
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("queue");
}

/// <summary>Formats a stack as an array, its top first, null as nil, as MessagePack-CSharp does.</summary>
public readonly struct StackFormatter<T, TFormatter> : IMessagePackFormatter<Stack<T>?>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Stack<T>? value) => Elements<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public static Stack<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        // Pushed in reverse, the top comes last.
        T[] elements = Elements<T, TFormatter>.ReadArray(ref reader);
        Array.Reverse(elements);
        return new Stack<T>(elements);
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Composite<T, TFormatter>("stack");
}
