using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>A lock: a key with a random token and an expiry, renewed and released only where the token is still there.</summary>
/// <remarks>As in Redis' documentation ("Distributed locks with Redis"), for one master: a fail-over may give it to two. What it guards has to bear that.</remarks>
internal sealed class RedisLock(RedisConnection connection, RedisKey key, TimeSpan expiry) : IBackendLock
{
    private readonly RedisValue _token = Guid.NewGuid().ToString("N");

    public async ValueTask<bool> TakeAsync(BackendCall call)
    {
        var database = await connection.OpenAsync(call).ConfigureAwait(false);
        return call.IsSynchronous
            ? database.StringSet(key, _token, expiry, When.NotExists)
            : await database.StringSetAsync(key, _token, expiry, When.NotExists).EndsWithAsync(call.CancellationToken).ConfigureAwait(false);
    }

    public ValueTask<bool> RenewAsync(TimeSpan expiry, BackendCall call) =>
        connection.GuardAsync(RunAsync(RedisScript.Renew, [_token, RedisAppender.Milliseconds(expiry)], call), call);

    public ValueTask<bool> ReleaseAsync(BackendCall call) => connection.GuardAsync(RunAsync(RedisScript.Release, [_token], call), call);

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(expiry);
        try
        {
            await ReleaseAsync(BackendCall.Async(limit.Token)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CacheBackendException or OperationCanceledException)
        {
            // It ends by itself.
        }
    }

    private async ValueTask<bool> RunAsync(RedisScript script, RedisValue[] values, BackendCall call)
    {
        var database = await connection.OpenAsync(call).ConfigureAwait(false);
        return (int)await script.RunAsync(database, [key], values, call).ConfigureAwait(false) == 1;
    }
}
