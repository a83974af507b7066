using System.Runtime.CompilerServices;

namespace CachedAttr.Serialization;

/// <summary>Where nested objects end: at a fixed level, which is the same on both sides, or earlier, where the thread's stack does.</summary>
internal static class NestingLimit
{
    // To ask for the rest of the stack costs as much as a small object, so that only every fourth level does. .NET then sees to it that at least
    // 64 KB are left, on most platforms 128: more than the frames of three levels take.
    private const int LevelsBetweenStackChecks = 4;

    /// <summary>Checks a level that is being entered, counted from 1.</summary>
    /// <exception cref="MessagePackException">It is too deep.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Check(int depth)
    {
        if (depth > MessagePackWriter.MaxDepth)
            MessagePackException.ThrowDepth(MessagePackWriter.MaxDepth);
        if (depth % LevelsBetweenStackChecks == 0 && !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            MessagePackException.ThrowStack(depth);
    }
}
