using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>
/// What all formatters of dictionaries share: the entries, in enumeration order, as a MessagePack map; a key that comes twice is malformed.
/// </summary>
/// <remarks>
/// Bytes follow the order of enumeration, so equal dictionaries that were filled in different orders can have different bytes. About
/// comparers and hostile keys, see <see cref="UniqueElements{T, TFormatter}"/>.
/// </remarks>
internal static class Entries<TKey, TKeyFormatter, TValue, TValueFormatter>
    where TKey : notnull
    where TKeyFormatter : struct, IMessagePackFormatter<TKey>
    where TValueFormatter : struct, IMessagePackFormatter<TValue>
{
    // What a slot of a dictionary takes besides key and value: hash code, link, bucket.
    private const int SlotOverhead = 12;

    /// <summary>The short way for the usual dictionary, whose enumerator is a struct.</summary>
    public static void Write(ref MessagePackWriter writer, Dictionary<TKey, TValue>? entries)
    {
        if (entries is null)
        {
            writer.WriteNil();
            return;
        }

        TextComparison.WriteEqualityOfMap(ref writer, entries.Comparer);
        writer.WriteMapHeader(entries.Count);
        foreach (KeyValuePair<TKey, TValue> entry in entries)
        {
            TKeyFormatter.Write(ref writer, entry.Key);
            TValueFormatter.Write(ref writer, entry.Value);
        }
    }

    public static void Write(ref MessagePackWriter writer, IEnumerable<KeyValuePair<TKey, TValue>>? entries)
    {
        if (entries is null or Dictionary<TKey, TValue>)
        {
            Write(ref writer, (Dictionary<TKey, TValue>?)entries);
            return;
        }

        TextComparison.WriteOfMap(ref writer, entries);
        switch (entries)
        {
            case ConcurrentDictionary<TKey, TValue> concurrent:
                KeyValuePair<TKey, TValue>[] snapshot = concurrent.ToArray();
                WriteCounted(ref writer, snapshot, snapshot.Length);
                break;
            case ICollection<KeyValuePair<TKey, TValue>> collection:
                WriteCounted(ref writer, collection, collection.Count);
                break;
            default:
                WriteCounted(ref writer, entries, entries.Count());
                break;
        }
    }

    public static Dictionary<TKey, TValue> ReadDictionary(ref MessagePackReader reader)
    {
        IEqualityComparer<TKey>? comparer = ReadEquality(ref reader);
        int count = reader.ReadMapHeader();
        int entrySize = Unsafe.SizeOf<TKey>() + Unsafe.SizeOf<TValue>() + SlotOverhead;
        Dictionary<TKey, TValue> entries = new(reader.GetInitialCapacity(count, entrySize), comparer);
        for (int i = 0; i < count; i++)
        {
            TKey key = ReadKey(ref reader);
            if (!entries.TryAdd(key, TValueFormatter.Read(ref reader)))
                MessagePackException.ThrowDuplicate();
        }

        return entries;
    }

    /// <summary>Reads into a dictionary of any other kind.</summary>
    public static TDictionary ReadInto<TDictionary>(ref MessagePackReader reader, TDictionary entries)
        where TDictionary : IDictionary<TKey, TValue>
    {
        int count = reader.ReadMapHeader();
        for (int i = 0; i < count; i++)
        {
            TKey key = ReadKey(ref reader);
            entries[key] = TValueFormatter.Read(ref reader);
        }

        if (entries.Count != count)
            MessagePackException.ThrowDuplicate();
        return entries;
    }

    /// <summary>Reads what decides which keys are equal, where it is not the default.</summary>
    public static IEqualityComparer<TKey>? ReadEquality(ref MessagePackReader reader) =>
        (IEqualityComparer<TKey>?)(object?)TextComparison.ReadOfMap<TKey>(ref reader);

    /// <summary>Reads what decides the order of keys, where it is not the default.</summary>
    public static IComparer<TKey>? ReadOrder(ref MessagePackReader reader) =>
        (IComparer<TKey>?)(object?)TextComparison.ReadOfMap<TKey>(ref reader);

    public static void Describe(SchemaBuilder schema)
    {
        schema.BeginComposite("map");
        schema.Part<TKey, TKeyFormatter>();
        schema.Part<TValue, TValueFormatter>();
        schema.EndComposite();
    }

    private static TKey ReadKey(ref MessagePackReader reader)
    {
        TKey key = TKeyFormatter.Read(ref reader);
        if (key is null)
            MessagePackException.ThrowValue("key");
        return key;
    }

    // A dictionary that another thread changes meanwhile must not become a payload whose header lies.
    private static void WriteCounted(ref MessagePackWriter writer, IEnumerable<KeyValuePair<TKey, TValue>> entries, int count)
    {
        writer.WriteMapHeader(count);
        foreach (KeyValuePair<TKey, TValue> entry in entries)
        {
            TKeyFormatter.Write(ref writer, entry.Key);
            TValueFormatter.Write(ref writer, entry.Value);
            count--;
        }

        if (count != 0)
            throw new MessagePackException("A dictionary was changed while it was written.");
    }
}
