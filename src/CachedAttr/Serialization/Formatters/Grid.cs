using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>The elements of a multi-dimensional array as the span that they are in memory, the last index running fastest.</summary>
internal static class Grid
{
    public static Span<T> Elements<T>(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);

    /// <summary>Makes sure that lengths out of a payload are those of an array of so many elements.</summary>
    /// <remarks>The product is bounded at each step, in the order of the run time's own check: 65536 x 65536 x 0 is no array either.</remarks>
    public static void Verify(int count, ReadOnlySpan<int> lengths)
    {
        long product = 1;
        foreach (int length in lengths)
        {
            product = length < 0 ? -1 : product * length;
            if (product is < 0 or > int.MaxValue)
                MessagePackException.ThrowValue("array");
        }

        if (product != count)
            MessagePackException.ThrowValue("array");
    }
}
