using System.ComponentModel;

namespace CachedAttr.Keys;

/// <summary>Compares key values as finely as their texts, which the own equality of some types does not do.</summary>
/// <remarks>Called by generated code. <c>typeof(T)</c> is a constant to the JIT: each type pays for its own comparison only.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyEquality
{
    /// <summary>
    /// Whether two values have the same text: the same time as UTC and as a local time has not, nor has one instant at two offsets.
    /// Types that are not known here are compared by their own equality, which has to agree with their text.
    /// </summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="one">A value.</param>
    /// <param name="other">Another.</param>
    /// <returns>Whether they are the same key.</returns>
    public static bool AreSame<T>(T one, T other)
    {
        if (!EqualityComparer<T>.Default.Equals(one, other))
            return false;
        if (typeof(T) == typeof(DateTime))
            return ((DateTime)(object)one!).Kind == ((DateTime)(object)other!).Kind;
        if (typeof(T) == typeof(DateTimeOffset))
            return ((DateTimeOffset)(object)one!).Offset == ((DateTimeOffset)(object)other!).Offset;
        return true;
    }

    /// <inheritdoc cref="AreSame{T}(T, T)"/>
    public static bool AreSame<T>(T? one, T? other)
        where T : struct => one is { } value ? other is { } otherValue && AreSame(value, otherValue) : other is null;
}
