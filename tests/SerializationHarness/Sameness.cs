using System.Collections;
using System.Runtime.CompilerServices;

namespace CachedAttr.Tests.Serialization;

/// <summary>Equality of values and their parts, exact where <see cref="object.Equals(object?)"/> is not: kinds, offsets, scales, bits, nulls.</summary>
internal static class Sameness
{
    public static bool Same(object? x, object? y) => (x, y) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (DateTime a, DateTime b) => a.Ticks == b.Ticks && a.Kind == b.Kind,
        (DateTimeOffset a, DateTimeOffset b) => a.EqualsExact(b),
        (double a, double b) => BitConverter.DoubleToInt64Bits(a) == BitConverter.DoubleToInt64Bits(b),
        (float a, float b) => BitConverter.SingleToInt32Bits(a) == BitConverter.SingleToInt32Bits(b),
        (decimal a, decimal b) => a == b && a.Scale == b.Scale,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (Uri a, Uri b) => a.OriginalString == b.OriginalString && a.IsAbsoluteUri == b.IsAbsoluteUri && a.Equals(b),
        (Memory<byte> a, Memory<byte> b) => a.Span.SequenceEqual(b.Span),
        (ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) => a.Span.SequenceEqual(b.Span),
        (Array a, Array b) => SameLengths(a, b) && SameElements(a, b),
        (Node a, Node b) => a.Id == b.Id && Same(a.Name, b.Name) && Same(a.Children, b.Children),
        (ITuple a, ITuple b) => SameElements(Items(a), Items(b)),
        (IEnumerable a, IEnumerable b) => SameElements(a, b),
        _ => x.Equals(y),
    };

    /// <summary>The same elements in any order.</summary>
    public static bool SameUnordered(object? x, object? y) => (x, y) switch
    {
        (IEnumerable a, IEnumerable b) => a.Cast<object?>().ToHashSet().SetEquals(b.Cast<object?>()),
        _ => Same(x, y),
    };

    private static bool SameLengths(Array a, Array b) =>
        a.Rank == b.Rank && Enumerable.Range(0, a.Rank).All(i => a.GetLength(i) == b.GetLength(i));

    private static bool SameElements(IEnumerable a, IEnumerable b)
    {
        IEnumerator left = a.GetEnumerator();
        IEnumerator right = b.GetEnumerator();
        while (left.MoveNext())
        {
            if (!right.MoveNext() || !Same(left.Current, right.Current))
                return false;
        }

        return !right.MoveNext();
    }

    private static IEnumerable<object?> Items(ITuple tuple)
    {
        for (int i = 0; i < tuple.Length; i++)
            yield return tuple[i];
    }
}
