using System.Runtime.CompilerServices;
using CachedAttr.Keys;

namespace CachedAttr.Backends.Conformance;

/// <summary>How a <see cref="FaultyBackend"/> fails.</summary>
public enum Fault
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Every call throws at once, as if nobody listened.</summary>
    Refused,

    /// <summary>No call ends, not even when its token is cancelled, as with a frozen server.</summary>
    Frozen,

    /// <summary>Calls are carried out, and their answers lost.</summary>
    LostAnswers,

    /// <summary>Reads return the first half of what is there.</summary>
    HalfWritten,

    /// <summary>Reads return bytes that are not those that were written.</summary>
    WrongBytes,
}

/// <summary>A backend that fails on demand.</summary>
/// <param name="inner">What it does when it does not fail.</param>
public sealed class FaultyBackend(ICacheBackend inner) : ICacheBackend
{
    private int _calls;

    /// <summary>How it fails from now on.</summary>
    public Fault Fault { get; set; }

    /// <summary>Whether watchers are told.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Waited for between the reading of an entry and its arrival.</summary>
    public Func<Task>? Delay { get; set; }

    /// <summary>How many calls there were.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call)
    {
        var entry = await DoAsync(call, () => inner.GetAsync(key, call)).ConfigureAwait(false);
        if (Delay is { } delay)
            await delay().ConfigureAwait(false);
        return Spoil(entry);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) =>
        [.. (await DoAsync(call, () => inner.GetManyAsync(keys, call)).ConfigureAwait(false)).Select(Spoil)];

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) =>
        DoAsync(call, () => inner.SetAsync(key, entry, timeToLive, call));

    /// <inheritdoc/>
    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        DoAsync(call, () => inner.PutAsync(key, entry, timeToLive, after, call));

    /// <inheritdoc/>
    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) =>
        DoAsync(call, () => inner.InvalidateAsync(what, after, call));

    /// <inheritdoc/>
    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) => DoAsync(call, () => inner.ReadLogAsync(after, call));

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) =>
        inner.WatchLogAsync(new Watcher(this, watcher), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => DoAsync(call, () => inner.RemoveAsync(keys, call));

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) => DoAsync(call, () => inner.GetTimeToLiveAsync(key, call));

    /// <inheritdoc/>
    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) =>
        DoAsync(call, () => inner.IncrementAsync(key, increment, call));

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await DoAsync(BackendCall.Async(cancellationToken), static () => new ValueTask<bool>(true)).ConfigureAwait(false);
        await foreach (string key in inner.ScanAsync(pattern, cancellationToken).ConfigureAwait(false))
            yield return key;
    }

    /// <inheritdoc/>
    public ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) => DoAsync(call, () => inner.TryLockAsync(name, expiry, call));

    /// <inheritdoc/>
    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => DoAsync(call, () => inner.GetStatusAsync(call));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask<T> DoAsync<T>(BackendCall call, Func<ValueTask<T>> action)
    {
        Interlocked.Increment(ref _calls);
        call.CancellationToken.ThrowIfCancellationRequested();
        switch (Fault)
        {
            case Fault.Refused:
            case Fault.Frozen when call.IsSynchronous: // a client's own time limit, without the wait
                throw new IOException("Connection refused by the test.");
            case Fault.Frozen:
                await new TaskCompletionSource().Task.ConfigureAwait(false);
                break;
            case Fault.LostAnswers:
                await action().ConfigureAwait(false);
                throw new IOException("The answer was lost by the test.");
        }

        return await action().ConfigureAwait(false);
    }

    private ReadOnlyMemory<byte>? Spoil(ReadOnlyMemory<byte>? entry)
    {
        if (entry is not { } bytes)
            return null;
        switch (Fault)
        {
            case Fault.HalfWritten:
                return bytes[..(bytes.Length / 2)];
            case Fault.WrongBytes:
                byte[] wrong = bytes.ToArray();
                for (int i = EntryHeader.Length; i < wrong.Length; i++)
                    wrong[i] ^= 0x5A;
                return wrong;
            default:
                return bytes;
        }
    }

    private sealed class Watcher(FaultyBackend owner, ILogWatcher watcher) : ILogWatcher
    {
        private bool IsHeard => !owner.IsSilent && owner.Fault is Fault.None or Fault.HalfWritten or Fault.WrongBytes;

        public void OnAppended(LogPage page)
        {
            if (IsHeard)
                watcher.OnAppended(page);
        }

        public void OnInterrupted()
        {
            if (IsHeard)
                watcher.OnInterrupted();
        }
    }
}
