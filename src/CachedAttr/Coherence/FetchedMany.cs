using CachedAttr.Serialization;

namespace CachedAttr.Coherence;

/// <summary>
/// The entries of several keys. Each is judged, and its value made, when it is asked for: all of them at once would be an array among the large objects, and a
/// collection of everything for every few calls.
/// </summary>
internal sealed class FetchedMany<T>(
    BackendTier tier, IReadOnlyList<string> keys, IReadOnlyList<ReadOnlyMemory<byte>?>? entries, ICacheSerializer<T> serializer, LogFollower.Question asked)
{
    /// <summary>What there is under a key, by its place; to be asked for once.</summary>
    public Fetched<T> this[int index] => entries?[index] is { } entry ? tier.Judge(keys[index], entry, serializer, asked) : default;
}
