using System.Net;
using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>The sentinels: they know which server is the master, and say so when it becomes another.</summary>
internal sealed class RedisSentinels(RedisPlan plan, Action changed) : IAsyncDisposable
{
    private static readonly RedisChannel Switched = new("+switch-master", RedisChannel.PatternMode.Literal);

    private readonly Lock _gate = new();
    private Task<ConnectionMultiplexer>? _connecting;

    private string Master => plan.Target.SentinelMaster!;

    /// <summary>The master's address.</summary>
    /// <exception cref="CacheBackendException">No sentinel answers, or none knows the master.</exception>
    public async Task<EndPoint> FindMasterAsync()
    {
        var multiplexer = await ConnectAsync().ConfigureAwait(false);
        var sentinels = multiplexer.GetEndPoints().Select(endPoint => multiplexer.GetServer(endPoint)).Where(static server => server.IsConnected).ToList();
        foreach (var sentinel in sentinels)
        {
            try
            {
                if (await sentinel.SentinelGetMasterAddressByNameAsync(Master).WaitAsync(plan.ConnectTimeout).ConfigureAwait(false) is { } master)
                    return master;
            }
            catch (Exception exception) when (exception is RedisException or TimeoutException)
            {
                // The next one may know.
            }
        }

        throw new CacheBackendException(sentinels.Count == 0
            ? $"None of the sentinels {plan.Target.Description} can be reached (CachedAttr:Redis:Connection)."
            : $"The sentinels know no master '{Master}'; its name is the parameter 'sentinel' in CachedAttr:Redis:Connection.");
    }

    public async ValueTask DisposeAsync()
    {
        if (_connecting is { } connecting)
            await RedisClosing.CloseAsync(connecting).ConfigureAwait(false);
    }

    private Task<ConnectionMultiplexer> ConnectAsync()
    {
        lock (_gate)
        {
            if (_connecting is null or { IsFaulted: true } or { IsCanceled: true })
                _connecting = Task.Run(BeginAsync);
            return _connecting;
        }
    }

    private async Task<ConnectionMultiplexer> BeginAsync()
    {
        var multiplexer = await ConnectionMultiplexer.ConnectAsync(plan.ForSentinels()).ConfigureAwait(false);
        multiplexer.ConnectionRestored += (_, _) => changed();
        multiplexer.GetSubscriber().Subscribe(Switched, (_, message) => OnSwitched(message), CommandFlags.FireAndForget);
        return multiplexer;
    }

    // "name old-ip old-port new-ip new-port"; the sentinels are asked again all the same, so that there is one way only.
    private void OnSwitched(string? message)
    {
        if (message?.StartsWith(Master + " ", StringComparison.Ordinal) == true)
            changed();
    }
}
