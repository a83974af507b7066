using System.Diagnostics.CodeAnalysis;
using static System.FormattableString;

namespace CachedAttr.Serialization;

/// <summary>
/// Bytes that are not MessagePack or not the value that was asked for, or a value that has no MessagePack form.
/// It is the only exception that readers and formatters throw, whatever the input; the cache treats it as a miss.
/// </summary>
public sealed class MessagePackException : Exception
{
    /// <summary>Makes an exception with a general message.</summary>
    public MessagePackException()
        : base("The bytes are not the MessagePack value that was expected.")
    {
    }

    /// <summary>Makes an exception that says what is wrong.</summary>
    /// <param name="message">What was found, and what was expected.</param>
    public MessagePackException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception that says what is wrong, and why.</summary>
    /// <param name="message">What was found, and what was expected.</param>
    /// <param name="innerException">What the value's own code threw.</param>
    public MessagePackException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    // Throwing apart from the callers keeps them short enough to inline.
    [DoesNotReturn]
    internal static void ThrowEnd() => throw new MessagePackException("The payload ends within a value.");

    [DoesNotReturn]
    internal static void ThrowUnexpected(byte code, string expected) =>
        throw new MessagePackException($"Expected {expected}, found the format byte 0x{code:x2}.");

    [DoesNotReturn]
    internal static void ThrowRange(string type) => throw new MessagePackException($"An integer does not fit into {type}.");

    [DoesNotReturn]
    internal static void ThrowLength(long length, long remaining) =>
        throw new MessagePackException(Invariant($"A prefix announces {length} bytes or elements, but only {remaining} bytes follow."));

    [DoesNotReturn]
    internal static void ThrowCount(int count, int expected) =>
        throw new MessagePackException(Invariant($"Expected an array of {expected} elements, found {count}."));

    [DoesNotReturn]
    internal static void ThrowDepth(int limit) => throw new MessagePackException(Invariant($"Objects nest deeper than {limit} levels."));

    [DoesNotReturn]
    internal static void ThrowStack(int depth) =>
        throw new MessagePackException(Invariant($"The thread's stack is too small for objects that nest deeper than {depth} levels."));

    [DoesNotReturn]
    internal static void ThrowValue(string type) => throw new MessagePackException($"The payload's value is not a valid {type}.");

    [DoesNotReturn]
    internal static void ThrowDuplicate() => throw new MessagePackException("A map or set contains the same key twice.");
}
