using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CachedAttr.Backends;
using Npgsql;
using NpgsqlTypes;

namespace CachedAttr.Database.Postgres;

/// <summary>The invalidation log of one prefix: calls of the function that keeps it (Postgres1.sql), and what they and the notifications say.</summary>
internal sealed class PostgresLog(BackendSettings settings, PostgresSource source, PostgresSql sql, string channelOf)
{
    /// <summary>How many records a page has at most.</summary>
    public const int PageSize = 10_000;

    private const int ChannelBytes = 16;
    private static readonly byte[] Tombstone = EntryHeader.Tombstone(LogPosition.None);

    public byte[] Prefix { get; } = LogTarget.Bytes(settings.KeyPrefix);

    /// <summary>Where records are notified: a name that is a name to PostgreSQL as well, whatever the prefix is.</summary>
    public string Channel { get; } = "cachedattr_" + Convert.ToHexStringLower(SHA256.HashData(LogTarget.Bytes(channelOf + "\n" + settings.KeyPrefix)).AsSpan(0, ChannelBytes));

    public ValueTask<LogPage> ReadAsync(LogPosition after, BackendCall call) => FollowAsync([], Tombstone, TimeSpan.Zero, isTombstone: true, after, call);

    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) =>
        FollowAsync(what, Tombstone, settings.TombstoneTimeToLive, isTombstone: true, after, call);

    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        FollowAsync([new(InvalidationKind.Key, key)], entry, timeToLive, isTombstone: false, after, call);

    /// <summary>The page that was notified; null for what is none, or for what had no room.</summary>
    public static LogPage? ReadNotified(string message)
    {
        string[] parts = message.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length < 6)
            return null;
        var records = new LogRecord[parts.Length - 5];
        for (int i = 0; i < records.Length; i++)
        {
            string[] fields = parts[i + 5].Split(':');
            if (fields.Length != 3)
                return null;
            records[i] = new(Number(fields[0]), new((InvalidationKind)Number(fields[1]), Encoding.UTF8.GetString(Convert.FromHexString(fields[2]))));
        }

        return new LogPage { Epoch = Number(parts[0]), After = Number(parts[1]), UpTo = Number(parts[2]), Floor = Number(parts[3]), KeyFloor = Number(parts[4]), Records = records };
    }

    private async ValueTask<LogPage> FollowAsync(
        IReadOnlyList<InvalidationTarget> what, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, bool isTombstone, LogPosition after, BackendCall call)
    {
        byte[][] contents = [.. what.Select(static one => LogTarget.Bytes(one.Text))];
        var command = await source.CommandAsync(sql.Follow, call).ConfigureAwait(false);
        command.With(Prefix).With(after.Epoch).With(after.Sequence).With(Micros(settings.MaxLoad)).With(Micros(settings.MaxTimeToLive + settings.MaxLoad))
            .With((long)settings.MaxPatterns).With((long)settings.MaxKeys).With(PageSize).With(Channel)
            .With(what.Select(static one => (int)one.Kind).ToArray()).With(contents).With(what.Select((one, i) => LogTarget.Of(one.Kind, contents[i])).ToArray());
        command.Parameters.Add(new NpgsqlParameter<byte[]?[]> { TypedValue = [.. what.Select(NameOf)], NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        command.With(entry).With(Math.Max(1, Micros(timeToLive))).With(isTombstone);
        return ReadPage(await command.QueryAsync(ReadRow, call).ConfigureAwait(false));
    }

    // The bytes of the entry that a record's key names; nothing for a pattern or a tag.
    private byte[]? NameOf(InvalidationTarget one) => one.Kind == InvalidationKind.Key ? LogTarget.Bytes(BackendKey.Of(settings.KeyPrefix, one.Text)) : null;

    private static (LogRecord Record, long[]? Log) ReadRow(NpgsqlDataReader reader) => reader.IsDBNull(0)
        ? (default, reader.GetFieldValue<long[]>(3))
        : (new(reader.GetInt64(0), new((InvalidationKind)reader.GetInt32(1), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(2)))), null);

    private static LogPage ReadPage(List<(LogRecord Record, long[]? Log)> rows)
    {
        long[] log = rows[0].Log!;
        bool more = rows.Count - 1 > PageSize;
        LogRecord[] records = [.. rows.Skip(1).Take(PageSize).Select(static row => row.Record)];
        return new LogPage
        {
            Epoch = log[0],
            After = log[1],
            UpTo = more ? records[^1].Sequence : log[2],
            Records = records,
            HasMore = more,
            Floor = log[3],
            KeyFloor = log[4],
            Time = log[5],
            Appended = log[6],
        };
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);

    private static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;
}
