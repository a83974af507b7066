using CachedAttr.Invalidation;

namespace CachedAttr.Coherence;

/// <summary>An entry that a backend was asked for.</summary>
/// <param name="Bytes">What it has.</param>
/// <param name="Mark">Where the log was when it was asked.</param>
internal sealed record AskedEntry(Task<ReadOnlyMemory<byte>?> Bytes, LogMark Mark);
