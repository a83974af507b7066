using System.ComponentModel;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace CachedAttr.Interop;

/// <summary>Tells types whose values nobody can change, so that all callers may get the same one.</summary>
internal static class SharedTypes
{
    /// <summary>
    /// Text, values without references, and what says of itself that it is immutable (<see cref="ImmutableObjectAttribute"/>) and cannot be derived from.
    /// </summary>
    public static bool Contains<T>()
    {
        var type = Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T);
        return type == typeof(string) || type == typeof(Uri) || type == typeof(Version) || type == typeof(BigInteger)
            || !RuntimeHelpers.IsReferenceOrContainsReferences<T>()
            || ((type.IsValueType || type.IsSealed) && type.GetCustomAttribute<ImmutableObjectAttribute>() is { Immutable: true });
    }
}
