using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>A multiplexer of the backend's own, made with the first call. It reconnects by itself, also where there was no server to begin with.</summary>
internal sealed class OwnRedisConnection(RedisPlan plan) : RedisConnection
{
    // A server that is there is connected within this, nearly always.
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(250);

    private readonly RedisDiagnosis _diagnosis = new(plan);
    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _connecting;
    private IDatabase? _database;

    public override string Description => plan.Target.Description;

    public override IConnectionMultiplexer? Multiplexer => _connecting is { IsCompletedSuccessfully: true } connected ? connected.Result : null;

    public override async ValueTask DisposeAsync()
    {
        if (_connecting is { } connecting)
            await RedisClosing.CloseAsync(connecting).ConfigureAwait(false);
        await plan.DisposeAsync().ConfigureAwait(false);
    }

    private protected override ValueTask<IDatabase> OpenCoreAsync(BackendCall call) =>
        Volatile.Read(ref _database) is { } database ? new(database) : ConnectAsync(call);

    private protected override ValueTask<string?> FindReasonAsync(BackendCall call) => _diagnosis.FindAsync(plan.Target.EndPoints, call);

    private async ValueTask<IDatabase> ConnectAsync(BackendCall call)
    {
        Task<ConnectionMultiplexer> connecting;
        lock (_gate)
        {
            // What has failed is tried again by the next call; the breaker in front of it sees to it that these are few.
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
                _connecting = Task.Run(() => ConnectionMultiplexer.ConnectAsync(plan.For(plan.Target.EndPoints)));
            connecting = _connecting;
        }

        if (!call.IsSynchronous && !connecting.IsCompleted)
            await ThrowIfRefusedAsync(connecting, call.CancellationToken).ConfigureAwait(false);
        var multiplexer = await connecting.EndsWithAsync(call, plan.CommandTimeout).ConfigureAwait(false);
        var database = multiplexer.GetDatabase(plan.Database);
        IsCluster = IsClusterOf(multiplexer);
        if (IsCluster && plan.Login.IsRelayed)
        {
            throw new CacheBackendException(
                "This version of StackExchange.Redis cannot log in to a cluster with a user's name (CachedAttr:Redis:User). "
                + "Reference StackExchange.Redis 2.0 or later in the application, or give the default user a password.");
        }

        // Not before it has connected once: what kind of server there is is not known earlier.
        if (multiplexer.IsConnected)
            Volatile.Write(ref _database, database);
        return database;
    }

    /// <summary>The client waits as long as connecting may take, also where every server says no. Its callers need not: it goes on trying without them.</summary>
    private async ValueTask ThrowIfRefusedAsync(Task connecting, CancellationToken cancellationToken)
    {
        await Task.WhenAny(connecting, Task.Delay(Usual, cancellationToken)).ConfigureAwait(false);
        if (connecting.IsCompleted || cancellationToken.IsCancellationRequested)
            return;
        var finding = _diagnosis.FindAsync(plan.Target.EndPoints);
        await Task.WhenAny(connecting, finding).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (connecting.IsCompleted || await finding.ConfigureAwait(false) is not { IsRefused: true, Reason: var reason })
            return;
        RedisCall.Observe(connecting);
        throw new IOException(reason);
    }
}
