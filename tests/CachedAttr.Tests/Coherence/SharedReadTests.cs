using CachedAttr.Coherence;

namespace CachedAttr.Tests.Coherence;

/// <summary>One read at a time, shared by all who ask before it begins.</summary>
public sealed class SharedReadTests
{
    [Fact]
    public async Task Every_call_gets_a_read_that_begins_after_it()
    {
        long begun = 0;
        var reads = new SharedRead(async () =>
        {
            Interlocked.Increment(ref begun);
            if (Interlocked.Read(ref begun) % 3 == 0)
                await Task.Yield();
        });

        // Reads end while others ask, at every point of asking.
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 50_000; i++)
            {
                long before = Interlocked.Read(ref begun);
                await reads.NextAsync();
                Assert.True(Interlocked.Read(ref begun) > before, "a read was shared that had begun before");
            }
        })));
    }

    [Fact]
    public async Task Who_asks_while_one_runs_shares_the_next()
    {
        int begun = 0;
        TaskCompletionSource first = new(), second = new();
        var reads = new SharedRead(() => Interlocked.Increment(ref begun) == 1 ? first.Task : second.Task);
        var running = reads.NextAsync();
        while (Volatile.Read(ref begun) == 0)
            await Task.Yield();
        var shared = new[] { reads.NextAsync(), reads.NextAsync(), reads.NextAsync() };
        Assert.All(shared, next => Assert.Same(shared[0], next));
        first.SetResult();
        await running;
        second.SetResult();
        await shared[0];
        Assert.Equal(2, begun);
    }

    [Fact]
    public async Task A_read_that_fails_does_not_keep_the_next_from_running()
    {
        int begun = 0;
        var failing = new TaskCompletionSource();
        var reads = new SharedRead(() => Interlocked.Increment(ref begun) == 1 ? failing.Task : Task.CompletedTask);
        var running = reads.NextAsync();
        while (Volatile.Read(ref begun) == 0)
            await Task.Yield();
        var next = reads.NextAsync();
        failing.SetException(new InvalidOperationException("of the test"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => running);
        await next;
        await reads.NextAsync();
        Assert.Equal(3, begun);
    }
}
