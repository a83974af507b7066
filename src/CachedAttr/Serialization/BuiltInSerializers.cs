using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using CachedAttr.Serialization.Formatters;

namespace CachedAttr.Serialization;

/// <summary>
/// The serializers of types that need no generated code: what a cache used by hand can store without a cached method that declares the type.
/// Scalars, their nullable forms, and arrays, lists and dictionaries from text of the usual ones.
/// </summary>
public static class BuiltInSerializers
{
    /// <summary>Finds the serializer of a built-in type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="serializer">The serializer, always the same one.</param>
    /// <returns>False if the type is not built in.</returns>
    public static bool TryGet<T>([NotNullWhen(true)] out ICacheSerializer<T>? serializer)
    {
        serializer = Table.All.TryGetValue(typeof(T), out object? found) ? (ICacheSerializer<T>)found : null;
        return serializer is not null;
    }

    // Apart from the method, so that it is made when it is first needed. Every combination is spelled out by a generic call: nothing is looked
    // up by reflection, and so nothing is lost to trimming.
    private static class Table
    {
#pragma warning disable CS8631 // The formatter of text also formats null; as the key of a dictionary it never meets one.
        public static readonly FrozenDictionary<Type, object> All = Build();

        private static FrozenDictionary<Type, object> Build()
        {
            Dictionary<Type, object> table = [];
            AddNumbers(table);
            AddTimes(table);
            AddText(table);
            return table.ToFrozenDictionary();
        }

        private static void AddNumbers(Dictionary<Type, object> table)
        {
            AddValue<bool, BooleanFormatter>(table);
            AddValue<sbyte, SByteFormatter>(table);
            AddValue<short, Int16Formatter>(table);
            AddValue<int, Int32Formatter>(table);
            AddValue<long, Int64Formatter>(table);
            AddValue<Int128, Int128Formatter>(table);
            AddScalar<byte, ByteFormatter>(table);
            AddValue<ushort, UInt16Formatter>(table);
            AddValue<uint, UInt32Formatter>(table);
            AddValue<ulong, UInt64Formatter>(table);
            AddValue<UInt128, UInt128Formatter>(table);
            AddValue<BigInteger, BigIntegerFormatter>(table);
            AddValue<Half, HalfFormatter>(table);
            AddValue<float, SingleFormatter>(table);
            AddValue<double, DoubleFormatter>(table);
            AddValue<decimal, DecimalFormatter>(table);
        }

        private static void AddTimes(Dictionary<Type, object> table)
        {
            AddValue<DateTime, DateTimeFormatter>(table);
            AddValue<DateTimeOffset, DateTimeOffsetFormatter>(table);
            AddValue<DateOnly, DateOnlyFormatter>(table);
            AddValue<TimeOnly, TimeOnlyFormatter>(table);
            AddValue<TimeSpan, TimeSpanFormatter>(table);
        }

        private static void AddText(Dictionary<Type, object> table)
        {
            AddValue<char, CharFormatter>(table);
            AddValue<Guid, GuidFormatter>(table);
            AddSequences<string?, StringFormatter>(table);
            AddSequences<Uri?, UriFormatter>(table);
            AddSequences<Version?, VersionFormatter>(table);
            AddSequences<byte[]?, ByteArrayFormatter>(table);
            Add<Memory<byte>, MemoryFormatter>(table);
            Add<ReadOnlyMemory<byte>, ReadOnlyMemoryFormatter>(table);
        }

        private static void AddValue<T, TFormatter>(Dictionary<Type, object> table)
            where T : struct
            where TFormatter : struct, IMessagePackFormatter<T>
        {
            AddScalar<T, TFormatter>(table);
            Add<T[]?, ArrayFormatter<T, TFormatter>>(table);
        }

        private static void AddScalar<T, TFormatter>(Dictionary<Type, object> table)
            where T : struct
            where TFormatter : struct, IMessagePackFormatter<T>
        {
            Add<T, TFormatter>(table);
            Add<T?, NullableFormatter<T, TFormatter>>(table);
            Add<List<T>?, ListFormatter<T, TFormatter>>(table);
            Add<Dictionary<string, T>?, DictionaryFormatter<string, StringFormatter, T, TFormatter>>(table);
        }

        private static void AddSequences<T, TFormatter>(Dictionary<Type, object> table)
            where TFormatter : struct, IMessagePackFormatter<T>
        {
            Add<T, TFormatter>(table);
            Add<T[]?, ArrayFormatter<T, TFormatter>>(table);
            Add<List<T>?, ListFormatter<T, TFormatter>>(table);
            Add<Dictionary<string, T>?, DictionaryFormatter<string, StringFormatter, T, TFormatter>>(table);
        }

        private static void Add<T, TFormatter>(Dictionary<Type, object> table)
            where TFormatter : struct, IMessagePackFormatter<T> =>
            table.Add(typeof(T), new MessagePackSerializer<T, TFormatter>());
#pragma warning restore CS8631
    }
}
