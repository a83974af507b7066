using CachedAttr.Backends;

namespace CachedAttr.Coherence;

/// <summary>Sends invalidations that are asked for at the same time with one call.</summary>
/// <param name="send">Sends some; when it ends they hold, or it throws.</param>
/// <remarks>
/// <para>
/// The first few calls go by themselves: where little is invalidated nobody waits for anybody. Who comes while they are on their way shares a later call with others,
/// and the more there are the more share it, so that many cost little more than few. The same target named by several is sent once: that call begins after
/// all of them have asked.
/// </para>
/// <para>
/// No group is larger than a server can append without keeping its other clients waiting. What waits here has a caller who waits for it. A caller waits for the call
/// that is on its way and for its own: at most twice the time limit. Thread-safe.
/// </para>
/// </remarks>
internal sealed class GroupCommit(Func<IReadOnlyList<InvalidationTarget>, BackendCall, Task> send)
{
    /// <summary>How many calls are on their way at once.</summary>
    public const int AtOnce = 2;

    /// <summary>How many targets a group takes before another begins; one caller's stay together.</summary>
    public const int Largest = 128;

    private readonly Lock _gate = new();
    private readonly LinkedList<Group> _waiting = [];
    private int _running;

    /// <summary>Sends targets, alone or with those of others.</summary>
    /// <param name="what">The targets.</param>
    /// <param name="call">How it is called, if it goes alone. A group is nobody's: what was asked for is sent, whoever still waits.</param>
    /// <returns>Ends as the call does that sends them.</returns>
    public Task SendAsync(IReadOnlyList<InvalidationTarget> what, BackendCall call)
    {
        lock (_gate)
        {
            if (_running == AtOnce)
                return Join(what);
            _running++;
        }

        return SendAloneAsync(what, call);
    }

    private Task Join(IReadOnlyList<InvalidationTarget> what)
    {
        if (_waiting.Last is not { Value: { IsFull: false } group })
            _waiting.AddLast(group = new(this));
        group.Add(what);
        return group.Sent;
    }

    private async Task SendAloneAsync(IReadOnlyList<InvalidationTarget> what, BackendCall call)
    {
        try
        {
            await send(what, call).ConfigureAwait(false);
        }
        finally
        {
            Next();
        }
    }

    /// <summary>A call has ended: a group takes its place, in a context that is nobody's.</summary>
    private void Next()
    {
        Group? next;
        lock (_gate)
        {
            next = _waiting.First?.Value;
            if (next is null)
                _running--;
            else
                _waiting.RemoveFirst();
        }

        if (next is not null)
            ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: false);
    }

    private sealed class Group(GroupCommit owner) : IThreadPoolWorkItem
    {
        private readonly HashSet<InvalidationTarget> _what = [];
        private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsFull => _what.Count >= Largest;

        public Task Sent => _sent.Task;

        public void Add(IReadOnlyList<InvalidationTarget> what) => _what.UnionWith(what);

        public void Execute() => _ = RunAsync();

        private async Task RunAsync()
        {
            var sending = owner.SendAloneAsync([.. _what], BackendCall.Async());
            await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _sent.SetFromTask(sending);
            _sent.Task.Forget(); // its callers may all have gone
        }
    }
}
