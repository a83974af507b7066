using System.Runtime.InteropServices;

namespace CachedAttr.Backends;

/// <summary>What a backend has under a key, and whether its log was where the caller believed it to be.</summary>
/// <param name="IsCurrent">
/// True only if the log is the one that the position was of, and nothing had been appended after it when the call was made. False says nothing: the log has to be read.
/// </param>
/// <param name="Bytes">The bytes, a tombstone's as well; <see langword="null"/> if there are none, or none were asked for.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CheckedEntry(bool IsCurrent, ReadOnlyMemory<byte>? Bytes);
