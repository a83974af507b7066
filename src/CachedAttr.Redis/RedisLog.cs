using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using CachedAttr.Backends;
using CachedAttr.Serialization;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Reads what the scripts say of the log.</summary>
internal static class RedisLog
{
    /// <summary>How many records of a kind a page has at most.</summary>
    public const int PageSize = 10_000;

    /// <summary>The arguments that every script of the log begins with.</summary>
    public static IEnumerable<RedisValue> Arguments(BackendSettings settings, LogPosition after, string channel) =>
    [
        after.Epoch, after.Sequence, Micros(settings.MaxLoad), Micros(settings.MaxTimeToLive + settings.MaxLoad), settings.MaxPatterns, settings.MaxKeys, PageSize, channel,
    ];

    /// <summary>The page that a script has returned.</summary>
    public static LogPage Read(RedisResult result)
    {
        var parts = (RedisResult[])result!;
        var others = Records((RedisValue[])parts[7]!, out bool moreOthers);
        var keys = Records((RedisValue[])parts[8]!, out bool moreKeys);

        // A set that was cut is known to its last record only, and so is the log.
        long upTo = (long)parts[2];
        if (moreOthers)
            upTo = Math.Min(upTo, others[^1].Sequence);
        if (moreKeys)
            upTo = Math.Min(upTo, keys[^1].Sequence);
        return new LogPage
        {
            Epoch = (long)parts[0],
            After = (long)parts[1],
            UpTo = upTo,
            Records = [.. others.Concat(keys).Where(record => record.Sequence <= upTo).OrderBy(static record => record.Sequence)],
            HasMore = moreOthers || moreKeys,
            Appended = (long)parts[6],
            Floor = (long)parts[3],
            KeyFloor = (long)parts[4],
            Time = (long)parts[5],
        };
    }

    /// <summary>
    /// Whether the log ends at a position, by the head that log.lua writes: epoch, last and given. Nobody was told more than what was given, so who has a higher
    /// position has seen a state of the log that is gone. No head, which memory that is full may have cost, says nothing.
    /// </summary>
    public static bool IsAt(RedisValue head, LogPosition position) => (byte[]?)head is { Length: 24 } bytes
        && BinaryPrimitives.ReadInt64BigEndian(bytes) == position.Epoch
        && BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)) <= position.Sequence
        && BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(16)) >= position.Sequence;

    /// <summary>The page that was published; null for what is none.</summary>
    public static LogPage? ReadPublished(byte[] message)
    {
        try
        {
            MessagePackReader reader = new(new ReadOnlySequence<byte>(message));
            if (reader.ReadArrayHeader() < 5)
                return null;
            long epoch = reader.ReadInt64(), after = reader.ReadInt64(), floor = reader.ReadInt64(), keyFloor = reader.ReadInt64();
            var records = new LogRecord[reader.ReadArrayHeader() / 3];
            for (int i = 0; i < records.Length; i++)
                records[i] = new(reader.ReadInt64(), new((InvalidationKind)reader.ReadInt32(), reader.ReadString() ?? ""));
            return records.Length == 0
                ? null
                : new LogPage { Epoch = epoch, After = after, UpTo = records[^1].Sequence, Records = records, Floor = floor, KeyFloor = keyFloor };
        }
        catch (MessagePackException)
        {
            return null;
        }
    }

    private static List<LogRecord> Records(RedisValue[] found, out bool more)
    {
        int count = Math.Min(found.Length / 2, PageSize);
        more = found.Length / 2 > PageSize;
        var records = new List<LogRecord>(count);
        for (int i = 0; i < count; i++)
        {
            string member = found[2 * i]!;
            records.Add(new(Sequence(found[(2 * i) + 1]), new((InvalidationKind)(member[0] - '0'), member[1..])));
        }

        return records;
    }

    private static long Sequence(RedisValue score) => (long)double.Parse((string)score!, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;
}
