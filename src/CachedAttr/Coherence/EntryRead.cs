using System.Runtime.InteropServices;

namespace CachedAttr.Coherence;

/// <summary>An entry that the backend has been asked for.</summary>
/// <param name="Bytes">What it has.</param>
/// <param name="Asked">When, and of which log.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct EntryRead(Task<ReadOnlyMemory<byte>?> Bytes, LogFollower.Question Asked);
