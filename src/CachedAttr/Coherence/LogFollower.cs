using System.Runtime.InteropServices;
using CachedAttr.Backends;
using CachedAttr.Invalidation;
using CachedAttr.Keys;

namespace CachedAttr.Coherence;

/// <summary>Follows the invalidation log of a backend, and carries out in this process what it says.</summary>
/// <remarks>
/// <para>
/// Pages come from three sides: from a watcher as records are appended, from a heartbeat, and with the answer to every invalidation of this process. They
/// are taken in under one lock and without gaps: a page that begins beyond what is known is left, and the log is read from there. What is known already
/// is passed over, so order and repetition do not matter.
/// </para>
/// <para>
/// Another epoch means that the log was lost. Everything in this process is dropped then, and the new log is followed from its beginning. An answer that was
/// asked for before such a change and comes after it may be of a log that is no more: the log is read again instead.
/// </para>
/// </remarks>
internal sealed class LogFollower : ILogWatcher
{
    private readonly ICacheBackend _backend;
    private readonly InvalidationLog _log;
    private readonly IFollowedStores _stores;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly SharedRead _reads;
    private LogPosition _position;
    private int _generation;
    private long _epoch;
    private TimeReading _clock;

    public LogFollower(ICacheBackend backend, InvalidationLog log, IFollowedStores stores, TimeProvider time)
    {
        _backend = backend;
        _log = log;
        _stores = stores;
        _time = time;
        _clock = new(Microseconds.Of(time.GetUtcNow()), time.GetTimestamp());
        _reads = new(() => ReadAsync(BackendCall.Async()));
    }

    /// <summary>The log that is followed; 0 until all of it has been read. Nothing from the backend can be judged before that.</summary>
    public long Epoch => Volatile.Read(ref _epoch);

    /// <summary>Up to where the log is known.</summary>
    public LogPosition Position
    {
        get
        {
            lock (_gate)
                return _position;
        }
    }

    /// <summary>The backend's time, as well as it is known here: this process's clock plays no part but for what has passed since it was asked.</summary>
    public long Now
    {
        get
        {
            TimeReading clock;
            lock (_gate)
                clock = _clock;
            return clock.Time + ((_time.GetTimestamp() - clock.Timestamp) * 1_000_000 / _time.TimestampFrequency);
        }
    }

    /// <summary>To be taken before a call, and handed to <see cref="TakeInAsync"/> with its answer.</summary>
    public Question Ask() => new(Volatile.Read(ref _generation), _time.GetTimestamp(), _log.Mark());

    /// <summary>Whether the answer to a question may be of a log that is no more, or is too old to be judged by what is remembered of exact keys.</summary>
    public bool IsOutdated(Question question, TimeSpan limit) =>
        question.Generation != Volatile.Read(ref _generation) || _time.GetElapsedTime(question.Timestamp) > limit;

    /// <summary>Reads the log if it was never read; after a failure it is the heartbeat that tries again.</summary>
    public ValueTask<bool> JoinAsync(BackendCall call)
    {
        if (Epoch != 0)
            return new(true);
        if (!call.IsSynchronous)
            return new(JoinedAsync(_reads.First, call));
        if (_reads.TryClaimFirst())
            ReadAsync(call).GetAwaiter().GetResult();
        return new(Epoch != 0);
    }

    /// <summary>Reads the log from where it is known. A read that begins after the call is shared by all who ask meanwhile.</summary>
    public Task FollowAsync() => _reads.NextAsync();

    /// <summary>The same for a thread that waits.</summary>
    public void Follow() => ReadAsync(BackendCall.Synchronous).GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void OnAppended(LogPage page)
    {
        bool isMissing;
        lock (_gate)
            isMissing = page.Epoch != _position.Epoch || TakeIn(page);
        if (isMissing)
            OnInterrupted();
    }

    /// <inheritdoc/>
    public void OnInterrupted() => _ = FollowAsync();

    /// <summary>Takes in the answer to a call, and reads on if it was not all.</summary>
    /// <param name="page">The answer.</param>
    /// <param name="question">What <see cref="Ask"/> returned before the call.</param>
    /// <param name="call">How to read on.</param>
    public async ValueTask TakeInAsync(LogPage page, Question question, BackendCall call)
    {
        while (TakeIn(page, question) || page.IsToBeConfirmed)
        {
            question = Ask();
            page = await _backend.ReadLogAsync(Position, call).ConfigureAwait(false);
        }
    }

    private async Task<bool> JoinedAsync(Task first, BackendCall call)
    {
        await first.WaitAsync(call.CancellationToken).ConfigureAwait(false);
        return Epoch != 0;
    }

    /// <summary>Never throws: what has failed is tried again by the next heartbeat, and has been logged where it failed.</summary>
    private async Task ReadAsync(BackendCall call)
    {
        try
        {
            var question = Ask();
            var page = await _backend.ReadLogAsync(Position, call).ConfigureAwait(false);
            await TakeInAsync(page, question, call).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CacheBackendException or OperationCanceledException or ObjectDisposedException)
        {
            // Not known is not followed: the position stays where it is, and with it every stamp.
        }
    }

    /// <returns>Whether the log has to be read on.</returns>
    private bool TakeIn(LogPage page, Question question)
    {
        lock (_gate)
        {
            // Of a log that is no more, or of one that came after: the next read tells.
            if (page.Epoch != _position.Epoch && question.Generation != _generation)
                return true;

            // Counted from before the call, this process's idea of the backend's time may be ahead by a round trip, so that entries end early, and never late.
            if (page.Time > 0)
                _clock = new(page.Time, question.Timestamp);
            return TakeIn(page);
        }
    }

    private bool TakeIn(LogPage page)
    {
        if (page.Epoch != _position.Epoch)
        {
            Begin(page);
        }
        else if (page.After > _position.Sequence)
        {
            return true;
        }
        else if (page.KeyFloor > _position.Sequence)
        {
            // Exact keys were forgotten that this process has never heard of. What has been asked for, or is kept in a fallback, may be older than they are.
            Volatile.Write(ref _generation, _generation + 1);
            _log.ForgetKeys(Local(page.KeyFloor));
            _stores.DropAll();
        }

        foreach (var record in page.Records)
        {
            if (record.Sequence > _position.Sequence)
                CarryOut(record);
        }

        if (page.UpTo > _position.Sequence)
            _position = new(page.Epoch, page.UpTo);
        _log.AdvanceTo(Local(_position.Sequence), Local(page.Floor));
        if (!page.HasMore)
            Volatile.Write(ref _epoch, _position.Epoch);
        return page.HasMore;
    }

    // The order matters: loads that begin before the drop are kept from being stored, those that begin after it have stamps of the new log.
    private void Begin(LogPage page)
    {
        Volatile.Write(ref _epoch, 0);
        Volatile.Write(ref _generation, _generation + 1);
        _position = new(page.Epoch, page.After);
        _log.Follow(Local(page.After));
        _stores.DropAll();
    }

    private void CarryOut(LogRecord record)
    {
        long sequence = Local(record.Sequence);
        _stores.Heard(record);
        if (record.What.Kind == InvalidationKind.Key)
        {
            _log.TakeIn(record.What.Text, sequence);
            _stores.Remove(record.What.Text, sequence);
            return;
        }

        if (record.What.Kind == InvalidationKind.Tag)
        {
            _log.TakeInTag(record.What.Text, sequence);
            _stores.RequireTags(sequence);
            return;
        }

        if (record.What.Kind != InvalidationKind.Pattern || !KeyPattern.TryParse(record.What.Text, out var pattern, out _))
            pattern = KeyPattern.Everything; // of a newer version: too much is right, too little never
        _log.TakeIn(pattern, sequence);
        _stores.Require(pattern, sequence);
    }

    private static long Local(long sequence) => sequence << InvalidationLog.ExtraBits;

    /// <summary>The state in which a call began.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Question(int Generation, long Timestamp, LogMark Mark);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct TimeReading(long Time, long Timestamp);
}
