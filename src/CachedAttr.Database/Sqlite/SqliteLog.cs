using System.Text;
using CachedAttr.Backends;

namespace CachedAttr.Database.Sqlite;

/// <summary>The invalidation log of one prefix; <see cref="MemoryBackend"/>'s and Redis' log.lua are the same. All of it within a transaction that writes.</summary>
internal sealed class SqliteLog(BackendSettings settings, SqliteSql sql)
{
    /// <summary>How many records a page has at most.</summary>
    public const int PageSize = 10_000;

    private readonly byte[] _prefix = LogTarget.Bytes(settings.KeyPrefix);

    /// <summary>The log as it is; another one if there is none, or if a caller has seen more of it than it knows.</summary>
    public SqliteLogState Open(SqliteSession session, LogPosition after, long now)
    {
        var state = Read(session) ?? new() { Epoch = 0 };
        state.Now = now;

        // Who shares the log with other limits must not forget what they still need.
        state.LongestLoad = Math.Max(state.LongestLoad, Micros(settings.MaxLoad));
        state.Longest = Math.Max(state.Longest, Micros(settings.MaxTimeToLive + settings.MaxLoad));

        // Every position was written down when it was given out. Who comes with a higher one has seen writes that are gone: an old copy of the file was put back.
        bool isBehind = after.Epoch == state.Epoch && after.Sequence > state.Given;
        if (state.Epoch != 0 && !isBehind)
            return state;
        session.Run(sql.ForgetAll, _prefix);
        state.Epoch = Math.Max(now, state.Epoch + 1);
        (state.Floor, state.KeyFloor, state.Patterns, state.Keys) = (0, 0, 0, 0);
        return state;
    }

    /// <summary>The log without a transaction that writes: what there is, for who polls.</summary>
    public SqliteLogState? Read(SqliteSession session)
    {
        using var reader = session.Query(sql.ReadLog, _prefix);
        return !reader.Read() ? null : new()
        {
            Epoch = reader.GetInt64(0),
            Last = reader.GetInt64(1),
            Given = reader.GetInt64(2),
            Floor = reader.GetInt64(3),
            KeyFloor = reader.GetInt64(4),
            LongestLoad = reader.GetInt64(5),
            Longest = reader.GetInt64(6),
            Patterns = reader.GetInt64(7),
            Keys = reader.GetInt64(8),
        };
    }

    /// <summary>Appends a record; the same invalidation again moves to the end.</summary>
    public long Append(SqliteSession session, SqliteLogState state, InvalidationTarget what)
    {
        byte[] text = LogTarget.Bytes(what.Text), target = LogTarget.Of(what.Kind, text);
        bool isKey = what.Kind == InvalidationKind.Key;
        int moved = session.Run(sql.Forgo, _prefix, target);
        state.Last = Math.Max(Math.Max(state.Last, state.Given) + 1, state.Now);
        session.Run(sql.Append, _prefix, target, isKey ? 1 : 0, state.Last, (int)what.Kind, text);
        if (isKey)
            state.Keys += 1 - moved;
        else
            state.Patterns += 1 - moved;
        return state.Last;
    }

    /// <summary>The page after a position, with what is too old or too much forgotten; the log is written down.</summary>
    public LogPage Page(SqliteSession session, SqliteLogState state, LogPosition after, long appended = 0)
    {
        (state.KeyFloor, state.Keys) = Forget(session, isKey: 1, state.Now - state.LongestLoad, settings.MaxKeys, state.KeyFloor, state.Keys);
        (state.Floor, state.Patterns) = Forget(session, isKey: 0, state.Now - state.Longest, settings.MaxPatterns, state.Floor, state.Patterns);
        long from = after.Epoch == state.Epoch ? after.Sequence : 0;
        var records = Records(session, from);
        bool more = records.Count > PageSize;
        if (more)
            records.RemoveAt(PageSize);
        long upTo = more ? records[^1].Sequence : Math.Max(Math.Max(state.Last, from), state.Now - 1);
        state.Given = Math.Max(state.Given, upTo);
        session.Run(
            sql.WriteLog, _prefix, state.Epoch, state.Last, state.Given, state.Floor, state.KeyFloor, state.LongestLoad, state.Longest, state.Patterns, state.Keys);
        return new LogPage
        {
            Epoch = state.Epoch,
            After = from,
            UpTo = upTo,
            Records = records,
            HasMore = more,
            Appended = appended,
            Floor = state.Floor,
            KeyFloor = state.KeyFloor,
            Time = state.Now,
        };
    }

    /// <summary>The records after a number, one more than a page has if there are more.</summary>
    public List<LogRecord> Records(SqliteSession session, long after)
    {
        var records = new List<LogRecord>();
        using var reader = session.Query(sql.Records, _prefix, after, PageSize + 1);
        while (reader.Read())
            records.Add(new(reader.GetInt64(0), new((InvalidationKind)reader.GetInt32(1), Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(2)))));
        return records;
    }

    private (long Floor, long Count) Forget(SqliteSession session, int isKey, long limit, long most, long floor, long count)
    {
        if (session.Number(sql.NewestOld, _prefix, isKey, limit) is { } newest)
            (floor, count) = (Math.Max(floor, newest), count - session.Run(sql.Forget, _prefix, isKey, newest));
        if (count > most && session.Number(sql.OldestRecords, _prefix, isKey, count - most - 1) is { } over)
            (floor, count) = (Math.Max(floor, over), count - session.Run(sql.Forget, _prefix, isKey, over));
        return (floor, count);
    }

    private static long Micros(TimeSpan time) => (long)time.TotalMicroseconds;
}

/// <summary>What is written down of a log, and the present.</summary>
internal sealed class SqliteLogState
{
    public long Now { get; set; }

    public required long Epoch { get; set; }

    public long Last { get; set; }

    public long Given { get; set; }

    public long Floor { get; set; }

    public long KeyFloor { get; set; }

    public long LongestLoad { get; set; }

    public long Longest { get; set; }

    public long Patterns { get; set; }

    public long Keys { get; set; }
}
