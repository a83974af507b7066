
namespace CachedAttr.Coherence;

/// <summary>An entry that the backend has been asked for.</summary>
/// <param name="Bytes">What it has; to be waited for once.</param>
/// <param name="Asked">When, and of which log.</param>
internal sealed record EntryRead(ValueTask<ReadOnlyMemory<byte>?> Bytes, LogFollower.Question Asked);
