using CachedAttr.Backends;
using CachedAttr.Coherence;

namespace CachedAttr.Tests.Coherence;

/// <summary>Invalidations that are asked for at the same time share a call.</summary>
public sealed class GroupCommitTests
{
    private readonly List<Sent> _sent = [];
    private readonly GroupCommit _group;

    public GroupCommitTests() => _group = new((what, call) =>
    {
        var sent = new Sent(what, call);
        lock (_sent)
            _sent.Add(sent);
        return sent.Ending.Task;
    });

    [Fact]
    public async Task The_first_go_by_themselves_with_their_own_call()
    {
        using var cancellation = new CancellationTokenSource();
        for (int i = 0; i < GroupCommit.AtOnce; i++)
            _ = _group.SendAsync(Keys(i), BackendCall.Async(cancellation.Token));
        Assert.Equal(GroupCommit.AtOnce, _sent.Count);
        Assert.All(_sent, sent => Assert.Equal(cancellation.Token, sent.Call.CancellationToken));
        _sent[0].Ending.SetResult();

        // What has ended makes room for another.
        _ = _group.SendAsync(Keys(7), BackendCall.Async());
        Assert.Equal(Keys(7), (await CountAsync(GroupCommit.AtOnce + 1))[^1].What);
    }

    [Fact]
    public async Task Who_comes_meanwhile_shares_a_call_and_the_same_target_is_sent_once()
    {
        var first = Begin();
        var others = Enumerable.Range(0, 30).Select(i => _group.SendAsync(Keys(i % 10), BackendCall.Async())).ToList();
        Assert.Equal(GroupCommit.AtOnce, _sent.Count);
        _sent[0].Ending.SetResult();
        var group = (await CountAsync(GroupCommit.AtOnce + 1))[^1];
        Assert.Equal([.. Enumerable.Range(0, 10).SelectMany(i => Keys(i))], group.What);
        Assert.All(others, task => Assert.False(task.IsCompleted));
        group.Ending.SetResult();
        await Task.WhenAll(others);
        await first[0];
        Assert.False(first[1].IsCompleted);
    }

    [Fact]
    public async Task Who_comes_while_a_group_is_on_its_way_waits_for_the_next_one()
    {
        Begin();
        var early = _group.SendAsync(Keys(1), BackendCall.Async());
        _sent[0].Ending.SetResult();
        var group = (await CountAsync(GroupCommit.AtOnce + 1))[^1];
        var late = _group.SendAsync(Keys(1), BackendCall.Async());
        group.Ending.SetResult();
        await early;
        Assert.False(late.IsCompleted);
        (await CountAsync(GroupCommit.AtOnce + 2))[^1].Ending.SetResult();
        await late;
    }

    [Fact]
    public async Task A_group_is_not_larger_than_a_server_can_take()
    {
        Begin();
        var others = Enumerable.Range(0, (2 * GroupCommit.Largest) + 1).Select(i => _group.SendAsync(Keys(i), BackendCall.Async())).ToList();
        for (int i = 0; i < 3; i++)
        {
            _sent[0].Ending.TrySetResult();
            var group = (await CountAsync(GroupCommit.AtOnce + i + 1))[^1];
            Assert.Equal(i < 2 ? GroupCommit.Largest : 1, group.What.Count);
            group.Ending.SetResult();
        }

        await Task.WhenAll(others);
    }

    [Fact]
    public async Task A_fault_is_told_to_all_who_share_it_and_to_nobody_else()
    {
        Begin();
        var others = Enumerable.Range(0, 3).Select(i => _group.SendAsync(Keys(i), BackendCall.Async())).ToList();
        _sent[0].Ending.SetException(new CacheBackendException("first"));
        (await CountAsync(GroupCommit.AtOnce + 1))[^1].Ending.SetException(new CacheBackendException("group"));
        foreach (var other in others)
            Assert.Equal("group", (await Assert.ThrowsAsync<CacheBackendException>(() => other)).Message);
        var after = _group.SendAsync(Keys(9), BackendCall.Async());
        (await CountAsync(GroupCommit.AtOnce + 2))[^1].Ending.SetResult();
        await after;
    }

    [Fact]
    public async Task Whatever_order_calls_end_in_everyone_is_sent_after_asking()
    {
        int running = 0, most = 0;
        long clock = 0;
        var sentAt = new System.Collections.Concurrent.ConcurrentDictionary<InvalidationTarget, long>();
        var group = new GroupCommit(async (what, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref running));
            long now = Interlocked.Increment(ref clock);
            foreach (var one in what)
                sentAt[one] = now;
            await Task.Yield();
            Interlocked.Decrement(ref running);
        });
        await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(async () =>
        {
            for (int i = 0; i < 500; i++)
            {
                // Some targets are everybody's.
                var target = Keys(i % 3 == 0 ? i : (worker * 1000) + i)[0];
                long asked = Interlocked.Increment(ref clock);
                await group.SendAsync([target], BackendCall.Async());
                Assert.True(sentAt[target] > asked);
            }
        })));
        Assert.InRange(most, 1, GroupCommit.AtOnce);
        Assert.Equal(0, running);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (int known = Volatile.Read(ref most); value > known; known = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, known);
    }

    private static InvalidationTarget[] Keys(int i) => [new(InvalidationKind.Key, FormattableString.Invariant($"k{i}"))];

    private List<Task> Begin() => [.. Enumerable.Range(0, GroupCommit.AtOnce).Select(i => _group.SendAsync(Keys(-1 - i), BackendCall.Async()))];

    private async Task<List<Sent>> CountAsync(int count)
    {
        for (; ; )
        {
            lock (_sent)
            {
                if (_sent.Count >= count)
                    return [.. _sent];
            }

            await Task.Yield();
        }
    }

    private sealed record Sent(IReadOnlyList<InvalidationTarget> What, BackendCall Call)
    {
        public TaskCompletionSource Ending { get; } = new();
    }
}
