namespace CachedAttr.Backends;

/// <summary>A lock that this process holds. Disposing it releases it, if it is still held.</summary>
public interface IBackendLock : IAsyncDisposable
{
    /// <summary>Holds the lock longer.</summary>
    /// <param name="expiry">From now on.</param>
    /// <param name="call">How the method is called.</param>
    /// <returns>False if it has been lost in the meantime.</returns>
    ValueTask<bool> RenewAsync(TimeSpan expiry, BackendCall call);

    /// <summary>Releases the lock if this process holds it; what another has taken since stays with it.</summary>
    /// <param name="call">How the method is called.</param>
    /// <returns>Whether it was still held.</returns>
    ValueTask<bool> ReleaseAsync(BackendCall call);
}
