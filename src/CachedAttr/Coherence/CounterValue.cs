using System.Diagnostics.CodeAnalysis;
using CachedAttr.Backends;

namespace CachedAttr.Coherence;

/// <summary>Counters as values.</summary>
internal static class CounterValue
{
    /// <summary>Whether values of a type are counters where they are set by hand: others may add to them without a record in the log.</summary>
    public static bool IsCounter<T>() => typeof(T) == typeof(long) || typeof(T) == typeof(int) || typeof(T) == typeof(long?) || typeof(T) == typeof(int?);

    /// <summary>Reads a counter's entry as a type that can hold it; as an object it is a <see cref="long"/>.</summary>
    public static bool TryRead<T>(ReadOnlyMemory<byte> entry, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return CounterEntry.TryRead(entry, out _, out long number) && TryConvert(number, out value);
    }

    /// <summary>A counter as a type that can hold it.</summary>
    public static bool TryConvert<T>(long number, [MaybeNullWhen(false)] out T value)
    {
        if (typeof(T) == typeof(object) || typeof(T) == typeof(long) || typeof(T) == typeof(long?))
        {
            value = (T)(object)number;
            return true;
        }

        bool fits = (typeof(T) == typeof(int) || typeof(T) == typeof(int?)) && number is >= int.MinValue and <= int.MaxValue;
        value = fits ? (T)(object)(int)number : default;
        return fits;
    }
}
