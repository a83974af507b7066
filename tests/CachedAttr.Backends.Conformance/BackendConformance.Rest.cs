using System.Collections.Concurrent;

namespace CachedAttr.Backends.Conformance;

/// <content>Counters, locks, calls without tasks, cancellation, concurrency.</content>
public abstract partial class BackendConformance
{
    [Fact]
    public async Task A_counter_begins_at_zero_and_keeps_its_time()
    {
        Assert.Equal(5, await AddAsync("n", 5));
        Assert.Equal(3, await AddAsync("n", -2, TimeSpan.FromHours(9)));
        Assert.InRange((await Backend.GetTimeToLiveAsync("n", Call))!.Value, TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(100));
        Assert.True(CounterEntry.TryRead((await Backend.GetAsync("n", Call))!.Value, out var header, out long value));
        Assert.Equal((3, EntryFlags.Counter), (value, header.Flags));
    }

    [Fact]
    public async Task A_counter_ends_with_its_time_and_with_its_invalidation()
    {
        await AddAsync("short", 1, TimeSpan.FromMilliseconds(300));
        await AddAsync("exact", 1);
        await AddAsync("pattern", 1);
        await Backend.InvalidateAsync([Key("exact")], LogPosition.None, Call);
        var page = await Backend.InvalidateAsync([Pattern("pat*")], LogPosition.None, Call);
        Assert.Equal(10, await AddAsync("exact", 10));
        Assert.Equal(10, await Backend.IncrementAsync("pattern", new(10, TimeSpan.FromSeconds(100), page.End, page.Appended), Call));
        Assert.Equal(20, await Backend.IncrementAsync("pattern", new(10, TimeSpan.FromSeconds(100), page.End, page.Appended), Call));
        await PassAsync(TimeSpan.FromMilliseconds(400));
        Assert.Equal(10, await AddAsync("short", 10));
    }

    [Fact]
    public async Task Counters_are_exact_to_their_bounds_and_refuse_what_is_beyond()
    {
        Assert.Equal(CounterEntry.MaxValue - 1, await AddAsync("n", CounterEntry.MaxValue - 1));
        Assert.Equal(CounterEntry.MaxValue, await AddAsync("n", 1));
        await Assert.ThrowsAsync<OverflowException>(() => AddAsync("n", 1));
        Assert.Equal(CounterEntry.MaxValue - 1, await AddAsync("n", -1));
        Assert.Equal(-CounterEntry.MaxValue, await AddAsync("m", -CounterEntry.MaxValue));
        await Assert.ThrowsAsync<OverflowException>(() => AddAsync("m", -1));
        await Assert.ThrowsAsync<OverflowException>(() => AddAsync("m", long.MinValue));
    }

    [Fact]
    public async Task Only_a_whole_number_can_be_counted_on()
    {
        await SetNowAsync("text", "\u00a5hello");
        await Assert.ThrowsAsync<InvalidOperationException>(() => AddAsync("text", 1));
        await Backend.PutAsync("number", Entry(LogPosition.None, "\u0029"), TimeSpan.FromSeconds(100), LogPosition.None, Call); // 41 as MessagePack
        Assert.Equal(42, await AddAsync("number", 1));
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_count()
    {
        var other = await AnotherAsync();
        var position = await PresentAsync();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(task => Task.Run(async () =>
        {
            for (int i = 0; i < 100; i++)
                await (task % 2 == 0 ? Backend : other).IncrementAsync("n", new(1, TimeSpan.FromMinutes(1), position, 0), Call);
        })));
        Assert.Equal(800, await AddAsync("n", 0));
    }

    [Fact]
    public async Task A_lock_has_one_holder()
    {
        var other = await AnotherAsync();
        var held = await Backend.TryLockAsync("l", TimeSpan.FromMinutes(1), Call);
        Assert.NotNull(held);
        Assert.Null(await other.TryLockAsync("l", TimeSpan.FromMinutes(1), Call));
        Assert.NotNull(await other.TryLockAsync("another", TimeSpan.FromMinutes(1), Call));
        Assert.True(await held.ReleaseAsync(Call));
        Assert.False(await held.ReleaseAsync(Call));
        var taken = await other.TryLockAsync("l", TimeSpan.FromMinutes(1), Call);
        Assert.NotNull(taken);
        Assert.False(await held.RenewAsync(TimeSpan.FromMinutes(1), Call));
        await held.DisposeAsync();
        Assert.Null(await Backend.TryLockAsync("l", TimeSpan.FromMinutes(1), Call));
        await taken.DisposeAsync();
        Assert.NotNull(await Backend.TryLockAsync("l", TimeSpan.FromMinutes(1), Call));
    }

    [Fact]
    public async Task A_lock_that_is_not_renewed_is_free_again()
    {
        var dead = await Backend.TryLockAsync("dead", TimeSpan.FromMilliseconds(1000), Call);
        var alive = await Backend.TryLockAsync("alive", TimeSpan.FromMilliseconds(1000), Call);
        Assert.True(await alive!.RenewAsync(TimeSpan.FromMinutes(1), Call));
        await PassAsync(TimeSpan.FromMilliseconds(1200));
        Assert.NotNull(await Backend.TryLockAsync("dead", TimeSpan.FromMinutes(1), Call));
        Assert.False(await dead!.ReleaseAsync(Call));
        Assert.Null(await Backend.TryLockAsync("dead", TimeSpan.FromMinutes(1), Call));
        Assert.Null(await Backend.TryLockAsync("alive", TimeSpan.FromMinutes(1), Call));
    }

    [Fact]
    public async Task A_lock_is_in_no_conflict_with_an_entry()
    {
        Assert.NotNull(await Backend.TryLockAsync("k", TimeSpan.FromMinutes(1), Call));
        Assert.True(await SetNowAsync("k", "value"));
        Assert.Null(await Backend.TryLockAsync("k", TimeSpan.FromMinutes(1), Call));
        Assert.Equal("value", await GetAsync("k"));
        Assert.Equal(["k"], await ScanAsync("*"));
    }

    [Fact]
    public void Calls_without_tasks_have_ended_when_they_return()
    {
        var call = BackendCall.Synchronous;
        var page = Ended(Backend.ReadLogAsync(LogPosition.None, call));
        Assert.True(Ended(Backend.SetAsync("k", Entry(page.End, "value"), TimeSpan.FromMinutes(1), call)));
        Assert.Equal("value", Payload(Ended(Backend.GetAsync("k", call))));
        Assert.Equal(["value", null], Ended(Backend.GetManyAsync(["k", "none"], call)).Select(Payload));
        Assert.NotNull(Ended(Backend.GetTimeToLiveAsync("k", call)));
        Assert.True(Ended(Backend.ExistsAsync("k", call)));
        Assert.NotEqual(0, Ended(Backend.InvalidateAsync([Key("k"), Pattern("a:*")], page.End, call)).Appended);
        Assert.NotEqual(0, Ended(Backend.PutAsync("k", Entry(page.End, "put"), TimeSpan.FromMinutes(1), page.End, call)).Appended);
        Assert.Equal(1, Ended(Backend.RemoveAsync(["k"], call)));
        Assert.Equal(2, Ended(Backend.IncrementAsync("n", new(2, TimeSpan.FromMinutes(1), page.End, 0), call)));
        var held = Ended(Backend.TryLockAsync("l", TimeSpan.FromMinutes(1), call));
        Assert.True(Ended(held!.RenewAsync(TimeSpan.FromMinutes(1), call)));
        Assert.True(Ended(held.ReleaseAsync(call)));
        Assert.Equal(Backend.Name, Ended(Backend.GetStatusAsync(call)).Backend);
    }

    [Fact]
    public async Task A_cancelled_call_throws()
    {
        var call = BackendCall.Async(new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backend.GetAsync("k", call).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backend.GetManyAsync(["k"], call).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backend.SetAsync("k", Entry(LogPosition.None, ""), TimeSpan.FromMinutes(1), call).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Backend.ReadLogAsync(LogPosition.None, call).AsTask());
        Assert.Null(await GetAsync("k"));
    }

    [Fact]
    public async Task Readers_see_whole_entries_while_others_write()
    {
        var other = await AnotherAsync();
        string[] payloads = [new('a', 10), new('b', 5_000), new('c', 50_000)];
        var torn = new ConcurrentBag<string>();
        using var done = new CancellationTokenSource();
        await SetNowAsync("k", payloads[0]);
        var readers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                if (await GetAsync("k") is { } seen && !payloads.Contains(seen))
                    torn.Add(seen);
            }
        })).ToList();
        for (int i = 0; i < 150; i++)
        {
            var position = (await other.ReadLogAsync(LogPosition.None, Call)).End;
            await other.SetAsync("k", Entry(position, payloads[i % payloads.Length]), TimeSpan.FromMinutes(1), Call);
        }

        await done.CancelAsync();
        await Task.WhenAll(readers);
        Assert.Empty(torn);
    }

    private async Task<long> AddAsync(string key, long by, TimeSpan? timeToLive = null) =>
        await Backend.IncrementAsync(key, new(by, timeToLive ?? TimeSpan.FromSeconds(100), await PresentAsync(), 0), Call);

    private static T Ended<T>(ValueTask<T> task)
    {
        Assert.True(task.IsCompleted, "a call without tasks was still running when it returned");
        return task.GetAwaiter().GetResult();
    }
}
