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

    /// <summary>Calls are carried out, and end, ten seconds after they were made: late stores and invalidations included.</summary>
    Slow,

    /// <summary>Calls are carried out, and their answers lost.</summary>
    LostAnswers,

    /// <summary>The first half of an entry is stored, and read.</summary>
    HalfWritten,

    /// <summary>Of each entry that is read one bit is another one than was written, behind the stamp.</summary>
    WrongBytes,
}

/// <summary>A backend that fails on demand.</summary>
/// <param name="inner">What it does when it does not fail.</param>
/// <param name="time">The clock that <see cref="Fault.Slow"/> goes by; the system's if there is none.</param>
public sealed class FaultyBackend(ICacheBackend inner, TimeProvider? time = null) : ICacheBackend
{
    /// <summary>How long a call takes with <see cref="Fault.Slow"/>: longer than any time limit.</summary>
    public static readonly TimeSpan SlowCall = TimeSpan.FromSeconds(10);

    private const uint Prime = 2_654_435_761; // any bit, and another one each time

    private int _calls;
    private int _spoiled;

    /// <summary>How it fails from now on.</summary>
    public Fault Fault { get; set; }

    /// <summary>Whether watchers are told.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Waited for between the reading of an entry and its arrival.</summary>
    public Func<Task>? Delay { get; set; }

    /// <summary>Waited for while an invalidation is on its way.</summary>
    public Func<Task>? Invalidating { get; set; }

    /// <summary>How many calls there were.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <inheritdoc/>
    public string Name => inner.Name;

    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>?> GetAsync(string key, BackendCall call)
    {
        var entry = await DoAsync(call, call => inner.GetAsync(key, call)).ConfigureAwait(false);
        if (Delay is { } delay)
            await delay().ConfigureAwait(false);
        return Spoil(entry);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>?>> GetManyAsync(IReadOnlyList<string> keys, BackendCall call) =>
        [.. (await DoAsync(call, call => inner.GetManyAsync(keys, call)).ConfigureAwait(false)).Select(Spoil)];

    /// <inheritdoc/>
    public ValueTask<bool> SetAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, BackendCall call) =>
        DoAsync(call, call => inner.SetAsync(key, Fault == Fault.HalfWritten ? entry[..(entry.Length / 2)] : entry, timeToLive, call));

    /// <inheritdoc/>
    public ValueTask<LogPage> PutAsync(string key, ReadOnlyMemory<byte> entry, TimeSpan timeToLive, LogPosition after, BackendCall call) =>
        DoAsync(call, call => inner.PutAsync(key, entry, timeToLive, after, call));

    /// <inheritdoc/>
    public ValueTask<LogPage> InvalidateAsync(IReadOnlyList<InvalidationTarget> what, LogPosition after, BackendCall call) =>
        DoAsync(call, async call =>
        {
            if (Invalidating is { } invalidating)
                await invalidating().ConfigureAwait(false);
            return await inner.InvalidateAsync(what, after, call).ConfigureAwait(false);
        });

    /// <inheritdoc/>
    public ValueTask<LogPage> ReadLogAsync(LogPosition after, BackendCall call) => DoAsync(call, call => inner.ReadLogAsync(after, call));

    /// <inheritdoc/>
    public ValueTask<CheckedEntry?> GetCheckedAsync(string? key, LogPosition position, BackendCall call) => DoAsync(call, async call =>
        await inner.GetCheckedAsync(key, position, call).ConfigureAwait(false) is { } found ? found with { Bytes = Spoil(found.Bytes) } : (CheckedEntry?)null);

    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> WatchLogAsync(ILogWatcher watcher, CancellationToken cancellationToken) =>
        inner.WatchLogAsync(new Watcher(this, watcher), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> RemoveAsync(IReadOnlyList<string> keys, BackendCall call) => DoAsync(call, call => inner.RemoveAsync(keys, call));

    /// <inheritdoc/>
    public ValueTask<TimeSpan?> GetTimeToLiveAsync(string key, BackendCall call) => DoAsync(call, call => inner.GetTimeToLiveAsync(key, call));

    /// <inheritdoc/>
    public ValueTask<long> IncrementAsync(string key, CounterIncrement increment, BackendCall call) =>
        DoAsync(call, call => inner.IncrementAsync(key, increment, call));

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ScanAsync(KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await DoAsync(BackendCall.Async(cancellationToken), static _ => new ValueTask<bool>(true)).ConfigureAwait(false);
        await foreach (string key in inner.ScanAsync(pattern, cancellationToken).ConfigureAwait(false))
            yield return key;
    }

    /// <inheritdoc/>
    public ValueTask<IBackendLock?> TryLockAsync(string name, TimeSpan expiry, BackendCall call) => DoAsync(call, call => inner.TryLockAsync(name, expiry, call));

    /// <inheritdoc/>
    public ValueTask<BackendStatus> GetStatusAsync(BackendCall call) => DoAsync(call, call => inner.GetStatusAsync(call));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private async ValueTask<T> DoAsync<T>(BackendCall call, Func<BackendCall, ValueTask<T>> action)
    {
        Interlocked.Increment(ref _calls);
        call.CancellationToken.ThrowIfCancellationRequested();
        switch (Fault)
        {
            case Fault.Refused:
            case Fault.Frozen or Fault.Slow when call.IsSynchronous: // a client's own time limit, without the wait
                throw new IOException("Connection refused by the test.");
            case Fault.Frozen:
                await new TaskCompletionSource().Task.ConfigureAwait(false);
                break;
            case Fault.Slow:
                // Like the server that has the call already: it is carried out though nobody waits any more.
                await Task.Delay(SlowCall, time ?? TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
                return await action(call with { CancellationToken = CancellationToken.None }).ConfigureAwait(false);
            case Fault.LostAnswers:
                await action(call).ConfigureAwait(false);
                throw new IOException("The answer was lost by the test.");
        }

        return await action(call).ConfigureAwait(false);
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
                const int BehindStamp = EntryHeader.StampOffset + sizeof(long);
                int bit = (int)((uint)Interlocked.Increment(ref _spoiled) * Prime % (uint)((wrong.Length - BehindStamp) * 8));
                wrong[BehindStamp + (bit / 8)] ^= (byte)(1 << (bit % 8));
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
