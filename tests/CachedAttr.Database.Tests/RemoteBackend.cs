using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Consistency;
using CachedAttr.Keys;

namespace CachedAttr.Database.Tests;

/// <summary>A backend of SQLite in another process.</summary>
internal sealed class RemoteBackend(HostProcess host, int number) : ICacheBackend
{
    public string Name => "sqlite";

    public static async Task<ICacheBackend> OpenAsync(HostProcess host, int number, BackendSettings settings, string file)
    {
        await host.AskAsync(new() { Method = "open", Backend = number, Keys = [settings.KeyPrefix, file], Ticks = settings.MaxLoad.Ticks, Number = settings.MaxPatterns });
        return new RemoteBackend(host, number);
    }

    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call) => Entry((await AskAsync("get", call, new() { Method = "", Keys = [key] })).Entries[0]);

    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) =>
        [.. (await AskAsync("many", call, new() { Method = "", Keys = [.. keys] })).Entries.Select(Entry)];

    public async ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) =>
        (await AskAsync("set", call, new() { Method = "", Keys = [key], Entry = entry.ToArray(), Ticks = timeToLive.Ticks })).Number == 1;

    public async ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        Page(await AskAsync("put", call, new() { Method = "", Keys = [key], Entry = entry.ToArray(), Ticks = timeToLive.Ticks, Epoch = after.Epoch, Sequence = after.Sequence }));

    public async ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) => Page(await AskAsync("invalidate", call, new()
    {
        Method = "",
        Keys = [.. what.Select(static one => one.Text)],
        Kinds = [.. what.Select(static one => (int)one.Kind)],
        Epoch = after.Epoch,
        Sequence = after.Sequence,
    }));

    public async ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) =>
        Page(await AskAsync("read", call, new() { Method = "", Epoch = after.Epoch, Sequence = after.Sequence }));

    public async ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken)
    {
        await host.AskAsync(new() { Method = "watch", Backend = number }, watcher);
        return new Subscription();
    }

    public async ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => (await AskAsync("remove", call, new() { Method = "", Keys = [.. keys] })).Number;

    public async ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) =>
        (await AskAsync("ttl", call, new() { Method = "", Keys = [key] })).Number is >= 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    public async ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) => (await AskAsync("increment", call, new()
    {
        Method = "",
        Keys = [key],
        Number = increment.By,
        Ticks = increment.TimeToLive.Ticks,
        Epoch = increment.Position.Epoch,
        Sequence = increment.Position.Sequence,
        NotBefore = increment.NotBefore,
    })).Number;

    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string key in (await AskAsync("scan", BackendCall.Async(cancellationToken), new() { Method = "", Keys = [pattern.ToString()] })).Keys)
            yield return key;
    }

    public async ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) =>
        (await AskAsync("lock", call, new() { Method = "", Keys = [name], Ticks = expiry.Ticks })).Number is > 0 and var held ? new Lock(this, held) : null;

    public async ValueTask<BackendStatus> GetStatusAsync(BackendCall call) =>
        new() { Backend = Name, LogRecords = (await AskAsync("status", call, new() { Method = "" })).Number };

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static LogPage Page(HostAnswer answer) => new()
    {
        Epoch = answer.Numbers[0],
        After = answer.Numbers[1],
        UpTo = answer.Numbers[2],
        HasMore = answer.Numbers[3] == 1,
        Appended = answer.Numbers[4],
        Floor = answer.Numbers[5],
        KeyFloor = answer.Numbers[6],
        Time = answer.Numbers[7],
        Records = [.. answer.Keys.Select((text, i) => new LogRecord(answer.Records[i], new((InvalidationKind)answer.Kinds[i], text)))],
    };

    private static ReadOnlyMemory<byte>? Entry(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : bytes;

    private ValueTask<HostAnswer> AskAsync(string method, BackendCall call, HostRequest request) => call.CancellationToken.IsCancellationRequested
        ? ValueTask.FromCanceled<HostAnswer>(call.CancellationToken)
        : host.AskAsync(request with { Method = method, Backend = number, IsSynchronous = call.IsSynchronous });

    private sealed class Subscription : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class Lock(RemoteBackend owner, long held) : IBackendLock
    {
        public async ValueTask<bool> RenewAsync(TimeSpan expiry, BackendCall call) =>
            (await owner.AskAsync("renew", call, new() { Method = "", Number = held, Ticks = expiry.Ticks })).Number == 1;

        public async ValueTask<bool> ReleaseAsync(BackendCall call) => (await owner.AskAsync("release", call, new() { Method = "", Number = held })).Number == 1;

        public async ValueTask DisposeAsync() => await ReleaseAsync(BackendCall.Async());
    }
}
