using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using CachedAttr.Backends;
using CachedAttr.Database.Sqlite;
using CachedAttr.Keys;

namespace CachedAttr.Consistency;

/// <summary>A process that has backends, and does with them what it is told: a line of JSON for a request, and one for each answer.</summary>
internal sealed class BackendHost
{
    private readonly ConcurrentDictionary<int, ICacheBackend> _backends = new();
    private readonly ConcurrentDictionary<int, IBackendLock> _locks = new();
    private readonly Channel<HostAnswer> _answers = Channel.CreateUnbounded<HostAnswer>();

    public static async Task RunAsync()
    {
        var host = new BackendHost();
        var writing = Task.Run(host.WriteAsync);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var request = JsonSerializer.Deserialize<HostRequest>(line)!;
            _ = Task.Run(() => host.AnswerAsync(request));
        }

        foreach (var backend in host._backends.Values)
            await backend.DisposeAsync();
        host._answers.Writer.Complete();
        await writing;
    }

    private async Task WriteAsync()
    {
        await foreach (var answer in _answers.Reader.ReadAllAsync())
            await Console.Out.WriteLineAsync(JsonSerializer.Serialize(answer));
    }

    private async Task AnswerAsync(HostRequest request)
    {
        HostAnswer answer;
        try
        {
            answer = await DoAsync(request);
        }
        catch (Exception exception)
        {
            answer = new() { Error = exception.GetType().Name, Message = exception.Message };
        }

        _answers.Writer.TryWrite(answer with { Id = request.Id });
    }

    private async Task<HostAnswer> DoAsync(HostRequest of)
    {
        var call = of.IsSynchronous ? BackendCall.Synchronous : BackendCall.Async();
        var time = TimeSpan.FromTicks(of.Ticks);
        var after = new LogPosition(of.Epoch, of.Sequence);
        if (of.Method == "open")
        {
            var settings = new BackendSettings { KeyPrefix = of.Keys[0], MaxLoad = time, MaxPatterns = (int)of.Number };
            _backends[of.Backend] = new SqliteBackend(settings, of.Keys[1], new() { PollInterval = 0.02, CommandTimeout = 10 });
            return new();
        }

        var backend = _backends[of.Backend];
        return of.Method switch
        {
            "get" => new() { Entries = [(await backend.GetAsync(of.Keys[0], call))?.ToArray()] },
            "many" => new() { Entries = [.. (await backend.GetManyAsync(of.Keys, call)).Select(static entry => entry?.ToArray())] },
            "set" => new() { Number = await backend.SetAsync(of.Keys[0], of.Entry, time, call) ? 1 : 0 },
            "put" => Answer(await backend.PutAsync(of.Keys[0], of.Entry, time, after, call)),
            "invalidate" => Answer(await backend.InvalidateAsync([.. of.Keys.Select((key, i) => new InvalidationTarget((InvalidationKind)of.Kinds[i], key))], after, call)),
            "read" => Answer(await backend.ReadLogAsync(after, call)),
            "remove" => new() { Number = await backend.RemoveAsync(of.Keys, call) },
            "ttl" => new() { Number = (await backend.GetTimeToLiveAsync(of.Keys[0], call))?.Ticks ?? -1 },
            "increment" => new() { Number = await backend.IncrementAsync(of.Keys[0], new(of.Number, time, after, of.NotBefore), call) },
            "scan" => new() { Keys = await ScanAsync(backend, of.Keys[0]) },
            "lock" => await LockAsync(backend, of, time, call),
            "renew" => new() { Number = await _locks[(int)of.Number].RenewAsync(time, call) ? 1 : 0 },
            "release" => new() { Number = await _locks[(int)of.Number].ReleaseAsync(call) ? 1 : 0 },
            "watch" => await WatchAsync(backend, of.Id),
            "status" => new() { Number = (await backend.GetStatusAsync(call)).LogRecords ?? 0 },
            _ => throw new NotSupportedException(of.Method),
        };
    }

    private static HostAnswer Answer(LogPage page) => new()
    {
        Numbers = [page.Epoch, page.After, page.UpTo, page.HasMore ? 1 : 0, page.Appended, page.Floor, page.KeyFloor, page.Time],
        Keys = [.. page.Records.Select(static record => record.What.Text)],
        Records = [.. page.Records.Select(static record => record.Sequence)],
        Kinds = [.. page.Records.Select(static record => (int)record.What.Kind)],
    };

    private static async Task<string[]> ScanAsync(ICacheBackend backend, string pattern)
    {
        var keys = new List<string>();
        await foreach (string key in backend.ScanAsync(KeyPattern.Parse(pattern), CancellationToken.None))
            keys.Add(key);
        return [.. keys];
    }

    private async Task<HostAnswer> LockAsync(ICacheBackend backend, HostRequest of, TimeSpan time, BackendCall call)
    {
        if (await backend.TryLockAsync(of.Keys[0], time, call) is not { } held)
            return new() { Number = -1 };
        _locks[of.Id] = held;
        return new() { Number = of.Id };
    }

    private async Task<HostAnswer> WatchAsync(ICacheBackend backend, int id)
    {
        await backend.WatchLogAsync(new Watcher(this, id), CancellationToken.None);
        return new();
    }

    private sealed class Watcher(BackendHost host, int id) : ILogWatcher
    {
        public void OnAppended(LogPage page) => host._answers.Writer.TryWrite(Answer(page) with { Watch = id });

        public void OnInterrupted()
        {
        }
    }
}

/// <summary>What a host is asked.</summary>
internal sealed record HostRequest
{
    public int Id { get; init; }

    public int Backend { get; init; }

    public required string Method { get; init; }

    public bool IsSynchronous { get; init; }

    public string[] Keys { get; init; } = [];

    public int[] Kinds { get; init; } = [];

    public byte[] Entry { get; init; } = [];

    public long Ticks { get; init; }

    public long Epoch { get; init; }

    public long Sequence { get; init; }

    public long Number { get; init; }

    public long NotBefore { get; init; }
}

/// <summary>What a host answers.</summary>
internal sealed record HostAnswer
{
    public int Id { get; init; }

    /// <summary>The request that a notification belongs to; 0 for an answer.</summary>
    public int Watch { get; init; }

    public string? Error { get; init; }

    public string? Message { get; init; }

    public long Number { get; init; }

    public long[] Numbers { get; init; } = [];

    public string[] Keys { get; init; } = [];

    public int[] Kinds { get; init; } = [];

    public long[] Records { get; init; } = [];

    public byte[]?[] Entries { get; init; } = [];
}
