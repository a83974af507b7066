using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace SerializationHarness;

/// <summary>
/// Equality of values and their parts, exact where <see cref="object.Equals(object?)"/> is not: kinds, offsets, scales, bits, nulls. Objects are compared by their
/// public members, and collections by their elements, in order where the collection has one.
/// </summary>
public static class Sameness
{
    private static readonly ConcurrentDictionary<Type, Func<object, object?>[]> MembersOf = new();

    private static readonly HashSet<Type> Unordered =
        [typeof(FrozenSet<>), typeof(ImmutableHashSet<>), typeof(FrozenDictionary<,>), typeof(ImmutableDictionary<,>), typeof(ConcurrentDictionary<,>)];

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
        (ITuple a, ITuple b) => SameElements(Items(a), Items(b)),
        (IEnumerable a, IEnumerable b) when a.Equals(b) => true, // two immutable arrays that are none
        (IEnumerable a, IEnumerable b) => IsUnordered(a.GetType()) ? SameInAnyOrder(a, b) : SameElements(a, b),
        _ => HasMembers(x.GetType()) ? SameMembers(x, y) : x.Equals(y),
    };

    private static bool IsUnordered(Type? type) =>
        type is not null && ((type.IsGenericType && Unordered.Contains(type.GetGenericTypeDefinition())) || IsUnordered(type.BaseType));

    private static bool HasMembers(Type type) => !type.IsEnum
        && (type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>)));

    private static bool SameMembers(object x, object y) =>
        x.GetType() == y.GetType() && MembersOf.GetOrAdd(x.GetType(), Members).All(member => Same(member(x), member(y)));

    private static Func<object, object?>[] Members(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0).Select(property => (Func<object, object?>)property.GetValue),
        .. type.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => (Func<object, object?>)field.GetValue),
    ];

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

    private static bool SameInAnyOrder(IEnumerable a, IEnumerable b)
    {
        List<object?> rest = [.. b.Cast<object?>()];
        foreach (object? element in a)
        {
            int at = rest.FindIndex(other => Same(element, other));
            if (at < 0)
                return false;
            rest.RemoveAt(at);
        }

        return rest.Count == 0;
    }

    private static IEnumerable<object?> Items(ITuple tuple)
    {
        for (int i = 0; i < tuple.Length; i++)
            yield return tuple[i];
    }
}
