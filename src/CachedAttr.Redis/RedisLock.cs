using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>A lock: a key with a random token and an expiry, renewed and released only where the token is still there.</summary>
/// <remarks>As in Redis' documentation ("Distributed locks with Redis"), for one master: a fail-over may give it to two. What it guards has to bear that.</remarks>
internal sealed class RedisLock(IDatabase database, RedisKey key) : IBackendLock
{
    private readonly RedisValue _token = Guid.NewGuid().ToString("N");

    public async ValueTask<bool> TakeAsync(TimeSpan expiry, BackendCall call) =>
        call.IsSynchronous ? database.LockTake(key, _token, expiry) : await database.LockTakeAsync(key, _token, expiry).ConfigureAwait(false);

    public async ValueTask<bool> RenewAsync(TimeSpan expiry, BackendCall call) =>
        call.IsSynchronous ? database.LockExtend(key, _token, expiry) : await database.LockExtendAsync(key, _token, expiry).ConfigureAwait(false);

    public async ValueTask<bool> ReleaseAsync(BackendCall call) =>
        call.IsSynchronous ? database.LockRelease(key, _token) : await database.LockReleaseAsync(key, _token).ConfigureAwait(false);

    public async ValueTask DisposeAsync() => await ReleaseAsync(BackendCall.Async()).ConfigureAwait(false);
}
