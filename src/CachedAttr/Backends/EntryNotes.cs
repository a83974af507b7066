using System.Buffers;
using CachedAttr.Serialization;

namespace CachedAttr.Backends;

/// <summary>What is kept with a value.</summary>
/// <param name="Tags">Its tags.</param>
/// <param name="ETag">The validator that its source gave.</param>
/// <param name="LastModified">When its source says that it was changed.</param>
internal sealed record EntryNotes(IReadOnlyList<string> Tags, string? ETag = null, DateTimeOffset? LastModified = null)
{
    /// <summary>How many fields of a header they are.</summary>
    public const int FieldCount = 3;

    // More in one entry is a mistake, or an attack.
    private const int MaxTags = 1000;

    /// <summary>Writes them as the last fields of a header.</summary>
    public void Write(IBufferWriter<byte> destination)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(Tags.Count);
        foreach (string tag in Tags)
            writer.WriteString(tag);
        writer.WriteString(ETag);
        if (LastModified is { } modified)
            writer.WriteInt64(Microseconds.Of(modified));
        else
            writer.WriteNil();
        writer.Flush();
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="MessagePackException">The bytes are malformed.</exception>
    public static EntryNotes Read(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        if (count > MaxTags)
            throw new MessagePackException(FormattableString.Invariant($"An entry has {count} tags; at most {MaxTags} are read."));
        string[] tags = new string[count];
        for (int i = 0; i < tags.Length; i++)
            tags[i] = reader.ReadString() ?? "";
        string? etag = reader.ReadString();
        return new(tags, etag, reader.TryReadNil() ? null : DateTimeOffset.UnixEpoch.AddTicks(reader.ReadInt64() * TimeSpan.TicksPerMicrosecond));
    }
}
