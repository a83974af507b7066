namespace CachedAttr.Loading;

/// <summary>Reads and writes counters in regions of any type: <see cref="long"/>, <see cref="int"/>, or an object that is one of them.</summary>
internal static class Counter
{
    public static long Read<T>(T value, string region) => value switch
    {
        long number => number,
        int number => number,
        null => 0,
        _ => throw NotACounter(value.GetType(), region),
    };

    public static T Write<T>(long number, string region)
    {
        if (typeof(T) == typeof(long) || typeof(T) == typeof(object) || typeof(T) == typeof(long?))
            return (T)(object)number;
        if (typeof(T) == typeof(int) || typeof(T) == typeof(int?))
            return (T)(object)checked((int)number);
        throw NotACounter(typeof(T), region);
    }

    private static InvalidOperationException NotACounter(Type type, string region) =>
        new($"The key belongs to {region}, whose value is a {type.Name}, not a number that can be incremented. Use another key for the counter.");
}
