using System.Diagnostics.CodeAnalysis;
using CachedAttr.Backends;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Database;

/// <summary>
/// Removes in the background what has expired, and the oldest-read entries when there are too many: in small transactions, by one process at a time.
/// </summary>
/// <remarks>Expired entries are not served, whether they have been removed or not. Writers report what they store, so that bounds hold between two sweeps as well.</remarks>
internal sealed class Sweeper : IAsyncDisposable
{
    private const int Batch = 500;

    // What a process may store before it asks for a sweep: this part of the bounds, and not less than a batch.
    private const int Share = 20;
    private const int LeastBytes = 1_000_000;

    // Counting everything may take this part of the time at most.
    private const int MeasuringShare = 100;

    private readonly ISwept _database;
    private readonly DatabaseOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ReadTimes _reads;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wanted = new(0, 1);
    private readonly SemaphoreSlim _sweeping = new(1, 1);
    private readonly TimeSpan _interval;
    private Task? _running;
    private IBackendLock? _lease;
    private DateTimeOffset _nextMeasure;
    private long _entries;
    private long _bytes;

    public Sweeper(ISwept database, DatabaseOptions options, TimeProvider time, ILogger logger, ReadTimes reads)
    {
        (_database, _options, _time, _logger, _reads) = (database, options, time, logger, reads);
        _interval = TimeSpan.FromSeconds(options.SweepInterval);
    }

    /// <summary>Begins to sweep, if it has not been begun.</summary>
    public void Start()
    {
        if (_running is null)
            StartOnce();
    }

    /// <summary>Reports what was stored.</summary>
    public void Stored(long bytes)
    {
        long entries = Interlocked.Increment(ref _entries);
        bool isMuch = Interlocked.Add(ref _bytes, bytes) > Math.Max(LeastBytes, _options.MaxBytes / Share) || entries > Math.Max(Batch, _options.MaxEntries / Share);
        if (isMuch && _wanted.CurrentCount == 0)
            Want();
    }

    /// <summary>Sweeps now, if this process has or gets the lease.</summary>
    /// <returns>Whether it did.</returns>
    public async Task<bool> SweepAsync(bool isWanted, CancellationToken cancellationToken)
    {
        await _sweeping.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await SweepOnceAsync(isWanted, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sweeping.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_running is { } running)
            await running.ConfigureAwait(false);
        if (_lease is { } lease)
            await TryAsync(async () => await lease.ReleaseAsync(BackendCall.Async()).ConfigureAwait(false)).ConfigureAwait(false);
        _stop.Dispose();
        _wanted.Dispose();
        _sweeping.Dispose();
    }

    private async Task<bool> SweepOnceAsync(bool isWanted, CancellationToken cancellationToken)
    {
        string[] read = [.. _reads.Take()];
        foreach (string[] some in read.Chunk(Batch))
            await _database.TouchAsync(some, cancellationToken).ConfigureAwait(false);
        if (!await HasLeaseAsync(cancellationToken).ConfigureAwait(false))
            return false;
        while (await _database.RemoveExpiredAsync(Batch, cancellationToken).ConfigureAwait(false) == Batch)
            await HasLeaseAsync(cancellationToken).ConfigureAwait(false);
        if (isWanted || _time.GetUtcNow() >= _nextMeasure)
            await BoundAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private void StartOnce()
    {
        lock (_wanted)
            _running ??= Task.Run(RunAsync);
    }

    private void Want()
    {
        try
        {
            _wanted.Release();
        }
        catch (Exception exception) when (exception is SemaphoreFullException or ObjectDisposedException)
        {
            // Wanted already, or over.
        }
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(_interval, _time);
        Task tick = timer.WaitForNextTickAsync(_stop.Token).AsTask(), wanted = _wanted.WaitAsync(_stop.Token);
        while (!_stop.IsCancellationRequested)
        {
            await Task.WhenAny(tick, wanted).ConfigureAwait(false);
            if (_stop.IsCancellationRequested)
                break;
            bool isWanted = wanted.IsCompleted;
            await TryAsync(() => SweepAsync(isWanted, _stop.Token)).ConfigureAwait(false);
            if (tick.IsCompleted)
                tick = timer.WaitForNextTickAsync(_stop.Token).AsTask();
            if (isWanted)
                wanted = _wanted.WaitAsync(_stop.Token);
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever the database throws: the cache works without being swept for a while.")]
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (!_stop.IsCancellationRequested)
                _logger.SweepFailed(_database.Location, exception.Message);
        }
    }

    private async ValueTask<bool> HasLeaseAsync(CancellationToken cancellationToken)
    {
        var time = _interval * 3;
        if (_lease is { } lease && await lease.RenewAsync(time, BackendCall.Async(cancellationToken)).ConfigureAwait(false))
            return true;
        _lease = await _database.LeaseAsync(time, cancellationToken).ConfigureAwait(false);
        return _lease is not null;
    }

    private async Task BoundAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetUtcNow();
        Interlocked.Exchange(ref _entries, 0);
        Interlocked.Exchange(ref _bytes, 0);
        var size = await _database.MeasureAsync(cancellationToken).ConfigureAwait(false);
        _nextMeasure = began + ((_time.GetUtcNow() - began) * MeasuringShare);
        long entries = size.Entries, bytes = size.Bytes, removed = 0;
        while (entries > _options.MaxEntries || bytes > _options.MaxBytes)
        {
            // Not more than needed: as many as there are too many, or as fit into the bytes that there are too many.
            long tooMany = Math.Max(entries - _options.MaxEntries, (bytes - _options.MaxBytes) * entries / Math.Max(1, bytes));
            var gone = await _database.RemoveOldestAsync((int)Math.Clamp(tooMany, 1, Batch), cancellationToken).ConfigureAwait(false);
            if (gone.Entries == 0)
                break;
            (entries, bytes, removed) = (entries - gone.Entries, bytes - gone.Bytes, removed + gone.Entries);
            await HasLeaseAsync(cancellationToken).ConfigureAwait(false);
        }

        if (removed > 0)
        {
            _logger.Evicted(removed, _database.Location);
            await _database.MeasureAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
