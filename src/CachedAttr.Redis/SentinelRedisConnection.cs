using System.Net;
using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>
/// A connection to the master that the sentinels name. It follows when they name another; until then calls fail, as they do on any server that is away.
/// </summary>
/// <remarks>
/// A search for the master begins when a sentinel tells of another, when the connection is lost, and when a call fails as it does on a replica. It goes on until
/// the master is found and says of itself (ROLE) that it is one. There is one search at a time.
/// </remarks>
internal sealed class SentinelRedisConnection : RedisConnection
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly RedisPlan _plan;
    private readonly RedisSentinels _sentinels;
    private readonly RedisDiagnosis _diagnosis;
    private readonly CancellationTokenSource _disposing = new();
    private readonly SemaphoreSlim _finding = new(1, 1);
    private readonly Lock _gate = new();
    private volatile Connected? _current;
    private Task? _search;
    private bool _again;

    public SentinelRedisConnection(RedisPlan plan)
    {
        _plan = plan;
        _sentinels = new(plan, Search);
        _diagnosis = new(plan);
    }

    public override string Description => _current is { } current ? $"{_plan.Target.Description} (now {RedisTarget.Text(current.EndPoint)})" : _plan.Target.Description;

    public override IConnectionMultiplexer? Multiplexer => _current?.Multiplexer;

    public override async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        Task? search;
        lock (_gate)
            search = _search;
        if (search is not null)
            await search.ConfigureAwait(false);
        await _sentinels.DisposeAsync().ConfigureAwait(false);
        if (_current is { } current)
            await RedisClosing.CloseAsync(Task.FromResult(current.Multiplexer)).ConfigureAwait(false);
        await _plan.DisposeAsync().ConfigureAwait(false);
        _disposing.Dispose();
        _finding.Dispose();
    }

    private protected override ValueTask<IDatabase> OpenCoreAsync(BackendCall call) => _current is { } current ? new(current.Database) : FirstAsync(call);

    private protected override void OnFault(Exception exception)
    {
        if (exception is RedisConnectionException || exception.Message.StartsWith("READONLY", StringComparison.Ordinal))
            Search();
    }

    private protected override ValueTask<string?> FindReasonAsync(BackendCall call) => _current is { } current ? _diagnosis.FindAsync([current.EndPoint], call) : new((string?)null);

    private async ValueTask<IDatabase> FirstAsync(BackendCall call)
    {
        var connected = await Task.Run(FindAsync).EndsWithAsync(call, _plan.CommandTimeout).ConfigureAwait(false);
        return connected.Database;
    }

    /// <summary>Begins a search, or has the one in progress look once more.</summary>
    private void Search()
    {
        lock (_gate)
        {
            _again = true;
            if (_search is null or { IsCompleted: true } && !_disposing.IsCancellationRequested)
                _search = Task.Run(SearchAsync);
        }
    }

    private async Task SearchAsync()
    {
        while (!_disposing.IsCancellationRequested)
        {
            lock (_gate)
                _again = false;
            bool found = await TryFindAsync().ConfigureAwait(false);
            lock (_gate)
            {
                if (found && !_again)
                {
                    _search = null;
                    return;
                }
            }

            await Task.Delay(Pause, _disposing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> TryFindAsync()
    {
        try
        {
            await FindAsync().ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is RedisException or CacheBackendException or TimeoutException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<Connected> FindAsync()
    {
        await _finding.WaitAsync(_disposing.Token).ConfigureAwait(false);
        try
        {
            var endPoint = await _sentinels.FindMasterAsync().ConfigureAwait(false);
            if (_current is { } current && current.EndPoint.Equals(endPoint))
            {
                await CheckRoleAsync(current).ConfigureAwait(false);
                return current;
            }

            return await MoveToAsync(endPoint).ConfigureAwait(false);
        }
        finally
        {
            _finding.Release();
        }
    }

    private async Task<Connected> MoveToAsync(EndPoint endPoint)
    {
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(_plan.For([endPoint])).ConfigureAwait(false);
        var next = new Connected(endPoint, multiplexer, multiplexer.GetDatabase(_plan.Database));
        try
        {
            await CheckRoleAsync(next).ConfigureAwait(false);
        }
        catch
        {
            await RedisClosing.CloseAsync(Task.FromResult(multiplexer)).ConfigureAwait(false);
            throw;
        }

        var before = _current;
        multiplexer.ConnectionFailed += OnConnectionFailed;
        _current = next;
        if (before is not null)
        {
            before.Multiplexer.ConnectionFailed -= OnConnectionFailed;
            OnMoved();
            await RedisClosing.CloseAsync(Task.FromResult(before.Multiplexer)).ConfigureAwait(false);
        }

        return next;
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs arguments) => Search();

    private async Task CheckRoleAsync(Connected connected)
    {
        var role = (RedisResult[]?)await connected.Database.ExecuteAsync("ROLE").WaitAsync(_plan.ConnectTimeout).ConfigureAwait(false);
        if (role is not { Length: > 0 } || (string?)role[0] != "master")
            throw new CacheBackendException($"{RedisTarget.Text(connected.EndPoint)}, which the sentinels name as the master, is none yet.");
    }

    private sealed record Connected(EndPoint EndPoint, ConnectionMultiplexer Multiplexer, IDatabase Database);
}
