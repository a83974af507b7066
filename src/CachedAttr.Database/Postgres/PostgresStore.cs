using System.Globalization;
using CachedAttr.Backends;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>The statements on entries.</summary>
internal sealed class PostgresStore(BackendSettings settings, PostgresSource source, PostgresSql sql, ReadTimes reads)
{
    private readonly long _maxLoad = (long)settings.MaxLoad.TotalMicroseconds;

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call)
    {
        string name = BackendKey.Of(settings.KeyPrefix, key);
        var command = await source.CommandAsync(sql.Get, call).ConfigureAwait(false);
        await using var closing = command.ConfigureAwait(false);
        command.With(LogTarget.Bytes(name));
        var reader = call.IsSynchronous ? command.ExecuteReader() : await command.ExecuteReaderAsync(call.CancellationToken).ConfigureAwait(false);
        await using var closingReader = reader.ConfigureAwait(false);
        if (!(call.IsSynchronous ? reader.Read() : await reader.ReadAsync(call.CancellationToken).ConfigureAwait(false)))
            return null;
        reads.Note(name, reader.GetInt64(1), reader.GetInt64(2));
        return reader.GetFieldValue<byte[]>(0);
    }

    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call)
    {
        string[] names = [.. keys.Select(key => BackendKey.Of(settings.KeyPrefix, key))];
        var command = await source.CommandAsync(sql.GetMany, call).ConfigureAwait(false);
        command.With(names.Distinct(StringComparer.Ordinal).Select(LogTarget.Bytes).ToArray());
        var found = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        await command.QueryAsync(
            reader =>
            {
                string name = System.Text.Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(0));
                reads.Note(name, reader.GetInt64(2), reader.GetInt64(3));
                return found[name] = reader.GetFieldValue<byte[]>(1);
            },
            call).ConfigureAwait(false);
        return [.. names.Select(name => found.TryGetValue(name, out byte[]? bytes) ? bytes : default(ReadOnlyMemory<byte>?))];
    }

    public async ValueTask<bool> SetAsync(byte[] name, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call)
    {
        EntryHeader.TryReadStamp(entry.Span, out long stamp, out _);
        var command = await source.CommandAsync(sql.Set, call).ConfigureAwait(false);
        command.With(name).With(stamp).With(Micros(timeToLive)).With(name.Length + entry.Length).With(entry).With(_maxLoad);
        return await command.RunAsync(call).ConfigureAwait(false) > 0;
    }

    public async ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call)
    {
        var command = await source.CommandAsync(sql.Remove, call).ConfigureAwait(false);
        return await command.With(keys.Select(NameOf).ToArray()).RunAsync(call).ConfigureAwait(false);
    }

    public async ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call)
    {
        var command = await source.CommandAsync(sql.TimeToLive, call).ConfigureAwait(false);
        return await command.With(NameOf(key)).ScalarAsync(call).ConfigureAwait(false) is long left ? TimeSpan.FromMicroseconds(left) : null;
    }

    /// <summary>Reads, adds, and writes if nobody has written meanwhile; else again.</summary>
    public async ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call)
    {
        byte[] name = NameOf(key);
        while (true)
        {
            var read = await source.CommandAsync(sql.ReadCounter, call).ConfigureAwait(false);
            var rows = await read.With(name).QueryAsync(
                static reader => (Bytes: reader.GetFieldValue<byte[]>(0), Expires: reader.GetInt64(1), Now: reader.GetInt64(2), Version: reader.GetString(3)), call).ConfigureAwait(false);
            bool isThere = rows.Count > 0;
            bool isAlive = isThere && rows[0].Expires > rows[0].Now;
            byte[] counter = CounterEntry.Add(isAlive ? rows[0].Bytes : default(ReadOnlyMemory<byte>?), increment, key, out long value, out bool begins);
            long now = isThere ? rows[0].Now : await NowAsync(call).ConfigureAwait(false);
            EntryHeader.TryReadStamp(counter, out long stamp, out _);
            var write = await source.CommandAsync(isThere ? sql.WriteCounter : sql.BeginCounter, call).ConfigureAwait(false);
            write.With(name).With(stamp).With(begins ? now + Micros(increment.TimeToLive) : rows[0].Expires).With(now).With(name.Length + counter.Length).With(counter);
            if (isThere)
                write.With(rows[0].Version);
            if (await write.RunAsync(call).ConfigureAwait(false) > 0)
                return value;
        }
    }

    public async ValueTask<List<byte[]>> ReadKeysAsync(byte[] from, byte[] end, CancellationToken cancellationToken)
    {
        var call = BackendCall.Async(cancellationToken);
        var command = await source.CommandAsync(sql.Scan, call).ConfigureAwait(false);
        return await command.With(from).With(end).With(KeyRange.PageSize).QueryAsync(static reader => reader.GetFieldValue<byte[]>(0), call).ConfigureAwait(false);
    }

    public byte[] NameOf(string key) => LogTarget.Bytes(BackendKey.Of(settings.KeyPrefix, key));

    private async ValueTask<long> NowAsync(BackendCall call)
    {
        var command = await source.CommandAsync(sql.ReadNow, call).ConfigureAwait(false);
        return Convert.ToInt64(await command.ScalarAsync(call).ConfigureAwait(false), CultureInfo.InvariantCulture);
    }

    private static long Micros(TimeSpan time) => Math.Max(1, (long)time.TotalMicroseconds);
}
