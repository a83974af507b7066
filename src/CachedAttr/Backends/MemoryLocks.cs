namespace CachedAttr.Backends;

/// <summary>Locks with an expiry, in memory.</summary>
internal sealed class MemoryLocks(TimeProvider time)
{
    private readonly Dictionary<string, Held> _held = new(StringComparer.Ordinal);

    public IBackendLock? TryTake(string name, TimeSpan expiry)
    {
        lock (_held)
        {
            if (_held.TryGetValue(name, out var other) && other.Until > time.GetUtcNow())
                return null;
            return _held[name] = new Held(this, name, time.GetUtcNow() + expiry);
        }
    }

    private sealed class Held(MemoryLocks owner, string name, DateTimeOffset until) : IBackendLock
    {
        public DateTimeOffset Until { get; private set; } = until;

        private bool IsHeld => owner._held.TryGetValue(name, out var held) && ReferenceEquals(held, this) && Until > owner.Now;

        public ValueTask<bool> RenewAsync(TimeSpan expiry, BackendCall call)
        {
            lock (owner._held)
            {
                if (!IsHeld)
                    return new(false);
                Until = owner.Now + expiry;
                return new(true);
            }
        }

        public ValueTask<bool> ReleaseAsync(BackendCall call)
        {
            lock (owner._held)
                return new(IsHeld && owner._held.Remove(name));
        }

        public async ValueTask DisposeAsync() => await ReleaseAsync(BackendCall.Async()).ConfigureAwait(false);
    }

    private DateTimeOffset Now => time.GetUtcNow();
}
