using System.Collections.Immutable;

namespace CachedAttr.Backends;

/// <summary>Those who watch a log in this process.</summary>
internal sealed class LogWatchers
{
    private ImmutableList<ILogWatcher> _watchers = [];

    public IAsyncDisposable Add(ILogWatcher watcher)
    {
        ImmutableInterlocked.Update(ref _watchers, static (watchers, added) => watchers.Add(added), watcher);
        return new Subscription(this, watcher);
    }

    public void Appended(LogPage page)
    {
        foreach (var watcher in Volatile.Read(ref _watchers))
            watcher.OnAppended(page);
    }

    private sealed class Subscription(LogWatchers owner, ILogWatcher watcher) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            ImmutableInterlocked.Update(ref owner._watchers, static (watchers, removed) => watchers.Remove(removed), watcher);
            return ValueTask.CompletedTask;
        }
    }
}
