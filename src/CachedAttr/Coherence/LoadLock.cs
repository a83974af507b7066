using CachedAttr.Backends;

namespace CachedAttr.Coherence;

/// <summary>A lock that this process holds while it loads; renewed meanwhile, so that it may end soon after its holder has died.</summary>
internal sealed class LoadLock : IAsyncDisposable
{
    /// <summary>When a lock is free again if its holder has died: as long as others wait for one that does not come back.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(5);

    private readonly IBackendLock _held;
    private readonly ITimer _renewal;

    public LoadLock(IBackendLock held, TimeProvider time)
    {
        _held = held;
        _renewal = time.CreateTimer(Renew, this, Expiry / 3, Expiry / 3);
    }

    /// <summary>Releases the lock, for a thread that waits.</summary>
    public void Release()
    {
        _renewal.Dispose();
        _ = _held.ReleaseAsync(BackendCall.Synchronous).AsTask().GetAwaiter().GetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _renewal.DisposeAsync().ConfigureAwait(false);
        await _held.ReleaseAsync(BackendCall.Async()).ConfigureAwait(false);
    }

    // A renewal that fails is tried again; if the lock is lost, another process loads as well, which costs a load and nothing else.
    private static void Renew(object? state) => _ = ((LoadLock)state!)._held.RenewAsync(Expiry, BackendCall.Async()).AsTask();
}
