using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>What all formatters of sequences share: the elements, in enumeration order, as a MessagePack array.</summary>
internal static class Elements<T, TFormatter>
    where TFormatter : struct, IMessagePackFormatter<T>
{
    public static void Write(ref MessagePackWriter writer, scoped ReadOnlySpan<T> values)
    {
        writer.WriteArrayHeader(values.Length);
        foreach (ref readonly T value in values)
            TFormatter.Write(ref writer, value);
    }

    public static void Write(ref MessagePackWriter writer, IEnumerable<T>? values)
    {
        switch (values)
        {
            case null:
                writer.WriteNil();
                break;
            case T[] array:
                Write(ref writer, new ReadOnlySpan<T>(array));
                break;
            case List<T> list:
                Write(ref writer, CollectionsMarshal.AsSpan(list));
                break;
            default:
                if (values.TryGetNonEnumeratedCount(out int count))
                    WriteCounted(ref writer, values, count);
                else
                    Write(ref writer, CollectionsMarshal.AsSpan(values.ToList()));
                break;
        }
    }

    public static T[] ReadArray(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count == 0)
            return [];

        T[] values = new T[reader.GetInitialCapacity(count, Unsafe.SizeOf<T>())];
        for (int i = 0; i < count; i++)
        {
            if (i == values.Length)
                Array.Resize(ref values, (int)Math.Min(count, 2L * i));
            values[i] = TFormatter.Read(ref reader);
        }

        return values;
    }

    public static List<T> ReadList(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        List<T> values = new(reader.GetInitialCapacity(count, Unsafe.SizeOf<T>()));
        for (int i = 0; i < count; i++)
            values.Add(TFormatter.Read(ref reader));
        return values;
    }

    /// <summary>Reads into a collection of any other kind.</summary>
    public static TCollection ReadInto<TCollection>(ref MessagePackReader reader, TCollection values)
        where TCollection : ICollection<T>
    {
        int count = reader.ReadArrayHeader();
        for (int i = 0; i < count; i++)
            values.Add(TFormatter.Read(ref reader));
        return values;
    }

    // A collection that another thread changes meanwhile must not become a payload whose header lies.
    private static void WriteCounted(ref MessagePackWriter writer, IEnumerable<T> values, int count)
    {
        writer.WriteArrayHeader(count);
        foreach (T value in values)
        {
            TFormatter.Write(ref writer, value);
            count--;
        }

        if (count != 0)
            throw new MessagePackException("A collection was changed while it was written.");
    }
}
