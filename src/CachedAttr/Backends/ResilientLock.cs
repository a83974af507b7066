namespace CachedAttr.Backends;

/// <summary>A lock whose calls have a time limit; what fails counts as lost.</summary>
internal sealed class ResilientLock(IBackendLock inner, BackendPipeline pipeline, ICacheBackend backend) : IBackendLock
{
    public ValueTask<bool> RenewAsync(TimeSpan expiry, BackendCall call) => DoAsync(call, expiry, (_, expiry, call) => inner.RenewAsync(expiry, call));

    public ValueTask<bool> ReleaseAsync(BackendCall call) => DoAsync(call, default, (_, _, call) => inner.ReleaseAsync(call));

    public async ValueTask DisposeAsync() => await ReleaseAsync(BackendCall.Async()).ConfigureAwait(false);

    private async ValueTask<bool> DoAsync(BackendCall call, TimeSpan expiry, Func<ICacheBackend, TimeSpan, BackendCall, ValueTask<bool>> action)
    {
        try
        {
            return await pipeline.DoAsync(backend, call, expiry, action).ConfigureAwait(false);
        }
        catch (Exception exception) when (BackendPipeline.IsFault(exception, call))
        {
            return false; // the lock ends by itself
        }
    }
}
