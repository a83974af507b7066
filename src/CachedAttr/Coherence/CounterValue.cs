using CachedAttr.Backends;

namespace CachedAttr.Coherence;

/// <summary>Counters as values.</summary>
internal static class CounterValue
{
    /// <summary>Whether values of a type are counters where they are set by hand: others may add to them without a record in the log.</summary>
    public static bool IsCounter<T>() => typeof(T) == typeof(long) || typeof(T) == typeof(int) || typeof(T) == typeof(long?) || typeof(T) == typeof(int?);

    /// <summary>Reads a counter's entry as a type that can hold it.</summary>
    public static bool TryRead<T>(ReadOnlyMemory<byte> entry, out T value)
    {
        value = default!;
        if (!CounterEntry.TryRead(entry, out _, out long number))
            return false;
        object? boxed = typeof(T) == typeof(long) || typeof(T) == typeof(long?) || typeof(T) == typeof(object) ? number
            : (typeof(T) == typeof(int) || typeof(T) == typeof(int?)) && number is >= int.MinValue and <= int.MaxValue ? (int)number
            : null;
        if (boxed is null)
            return false;
        value = (T)boxed;
        return true;
    }
}
