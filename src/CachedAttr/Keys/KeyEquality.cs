using System.ComponentModel;

namespace CachedAttr.Keys;

/// <summary>Compares key values as finely as their texts, which some types' own equality does not do.</summary>
/// <remarks>Called by generated code. <c>typeof(T)</c> is a constant to the JIT: each type pays for its own comparison only.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyEquality
{
    /// <summary>
    /// Whether two values have the same text: 0.0 and -0.0 have not, nor have 1.0m and 1.00m, or the same time as UTC and as a local time.
    /// Types that are not known here are compared by their own equality, which has to agree with their text.
    /// </summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="one">A value.</param>
    /// <param name="other">Another.</param>
    public static bool AreSame<T>(T one, T other)
    {
        if (!EqualityComparer<T>.Default.Equals(one, other))
            return false;
        if (typeof(T) == typeof(double))
            return double.IsNaN((double)(object)one!) || double.IsNegative((double)(object)one!) == double.IsNegative((double)(object)other!);
        if (typeof(T) == typeof(float))
            return float.IsNaN((float)(object)one!) || float.IsNegative((float)(object)one!) == float.IsNegative((float)(object)other!);
        if (typeof(T) == typeof(Half))
            return Half.IsNaN((Half)(object)one!) || Half.IsNegative((Half)(object)one!) == Half.IsNegative((Half)(object)other!);
        if (typeof(T) == typeof(decimal))
            return HaveSameForm((decimal)(object)one!, (decimal)(object)other!);
        if (typeof(T) == typeof(DateTime))
            return ((DateTime)(object)one!).Kind == ((DateTime)(object)other!).Kind;
        if (typeof(T) == typeof(DateTimeOffset))
            return ((DateTimeOffset)(object)one!).Offset == ((DateTimeOffset)(object)other!).Offset;
        return true;
    }

    /// <inheritdoc cref="AreSame{T}(T, T)"/>
    public static bool AreSame<T>(T? one, T? other)
        where T : struct => one is { } value ? other is { } otherValue && AreSame(value, otherValue) : other is null;

    private static bool HaveSameForm(decimal one, decimal other) => one.Scale == other.Scale && decimal.IsNegative(one) == decimal.IsNegative(other);
}
