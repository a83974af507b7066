using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using CachedAttr.Serialization;
using CachedAttr.Serialization.Formatters;

namespace CachedAttr.Tests.Serialization;

#pragma warning disable CS8631 // nullability of a formatter's type argument

public sealed class TextComparisonTests
{
    private static readonly StringComparer IgnoreCase = StringComparer.OrdinalIgnoreCase;
    private static readonly Dictionary<string, int> Source = new() { ["b"] = 1, ["C"] = 2, ["a"] = 3 };

    [Fact]
    public void A_dictionary_that_ignores_case_still_does()
    {
        Assert.True(Dictionary(new Dictionary<string, int>(Source, IgnoreCase)).ContainsKey("A"));
        Assert.True(RoundTrip<IReadOnlyDictionary<string, int>?, ReadOnlyDictionaryInterfaceFormatter<string, StringFormatter, int, Int32Formatter>>(
            Source.ToFrozenDictionary(IgnoreCase))!.ContainsKey("A"));
        Assert.True(RoundTrip<FrozenDictionary<string, int>?, FrozenDictionaryFormatter<string, StringFormatter, int, Int32Formatter>>(
            Source.ToFrozenDictionary(IgnoreCase))!.ContainsKey("A"));
        Assert.True(RoundTrip<ConcurrentDictionary<string, int>?, ConcurrentDictionaryFormatter<string, StringFormatter, int, Int32Formatter>>(
            new(Source, IgnoreCase))!.ContainsKey("A"));
        Assert.True(RoundTrip<ImmutableDictionary<string, int>?, ImmutableDictionaryFormatter<string, StringFormatter, int, Int32Formatter>>(
            Source.ToImmutableDictionary(IgnoreCase))!.ContainsKey("A"));
    }

    [Fact]
    public void A_set_that_ignores_case_still_does()
    {
        Assert.Contains("A", RoundTrip<HashSet<string>?, HashSetFormatter<string, StringFormatter>>(new(Source.Keys, IgnoreCase))!);
        Assert.Contains("A", RoundTrip<ISet<string>?, SetInterfaceFormatter<string, StringFormatter>>(new HashSet<string>(Source.Keys, IgnoreCase))!);
        Assert.Contains("A", (IReadOnlySet<string>)RoundTrip<FrozenSet<string>?, FrozenSetFormatter<string, StringFormatter>>(
            Source.Keys.ToFrozenSet(IgnoreCase))!);
        Assert.Contains("A", RoundTrip<ImmutableHashSet<string>?, ImmutableHashSetFormatter<string, StringFormatter>>(
            Source.Keys.ToImmutableHashSet(IgnoreCase))!);
    }

    [Fact]
    public void A_sorted_collection_keeps_its_order()
    {
        string[] ordinal = ["C", "a", "b"];
        Assert.Equal(ordinal, RoundTrip<SortedSet<string>?, SortedSetFormatter<string, StringFormatter>>(new(Source.Keys, StringComparer.Ordinal))!);
        Assert.Equal(ordinal, RoundTrip<ImmutableSortedSet<string>?, ImmutableSortedSetFormatter<string, StringFormatter>>(
            Source.Keys.ToImmutableSortedSet(StringComparer.Ordinal))!);
        Assert.Equal(ordinal, RoundTrip<SortedDictionary<string, int>?, SortedDictionaryFormatter<string, StringFormatter, int, Int32Formatter>>(
            new(Source, StringComparer.Ordinal))!.Keys);
        Assert.Equal(ordinal, RoundTrip<SortedList<string, int>?, SortedListFormatter<string, StringFormatter, int, Int32Formatter>>(
            new(Source, StringComparer.Ordinal))!.Keys);
        Assert.Equal(ordinal, RoundTrip<ImmutableSortedDictionary<string, int>?, ImmutableSortedDictionaryFormatter<string, StringFormatter, int, Int32Formatter>>(
            Source.ToImmutableSortedDictionary(StringComparer.Ordinal))!.Keys);
    }

    [Fact]
    public void The_usual_comparers_leave_no_trace()
    {
        Assert.Equal(0x81, Bytes(new(StringComparer.Ordinal) { ["a"] = 1 })[0]);
        Assert.Equal(0x81, Bytes(new() { ["a"] = 1 })[0]);
        Assert.Equal("920181a16101", Convert.ToHexStringLower(Bytes(new(IgnoreCase) { ["a"] = 1 })));
    }

    [Fact]
    public void An_unknown_comparer_is_malformed()
    {
        Assert.Throws<MessagePackException>(() => Decode("920481a16101"));
        Assert.Throws<MessagePackException>(() => Decode("91a16101"));

        // Two keys that are one under the comparer that is announced.
        Assert.Throws<MessagePackException>(() => Decode("920182a16101a14102"));

        static object? Decode(string hex) =>
            Codec.Decode<Dictionary<string, int>?, DictionaryFormatter<string, StringFormatter, int, Int32Formatter>>(Convert.FromHexString(hex));
    }

    private static byte[] Bytes(Dictionary<string, int> map) =>
        Codec.Encode<Dictionary<string, int>?, DictionaryFormatter<string, StringFormatter, int, Int32Formatter>>(map);

    private static Dictionary<string, int> Dictionary(Dictionary<string, int> map) =>
        RoundTrip<Dictionary<string, int>?, DictionaryFormatter<string, StringFormatter, int, Int32Formatter>>(map)!;

    private static T RoundTrip<T, TFormatter>(T value)
        where TFormatter : struct, IMessagePackFormatter<T> =>
        Codec.Decode<T, TFormatter>(Codec.Encode<T, TFormatter>(value));
}
