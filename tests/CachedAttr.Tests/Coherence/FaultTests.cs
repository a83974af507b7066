using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Tests.Coherence;

/// <summary>Callers get right values, and no exception, whatever the backend does.</summary>
public sealed class FaultTests : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly Nodes _nodes = new();

    public static TheoryData<Fault> Outages => [Fault.Refused, Fault.Frozen, Fault.Slow, Fault.LostAnswers];

    public static TheoryData<Fault> Faults => [Fault.Refused, Fault.Frozen, Fault.Slow, Fault.LostAnswers, Fault.HalfWritten, Fault.WrongBytes];

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Right_values_and_no_exceptions(Fault fault)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        foreach (int i in Enumerable.Range(0, 20))
            await a.Cache.SetAsync($"k:{i}", $"v{i}");
        await b.GetAsync("warm", "up");
        b.Connection.Fault = fault;
        foreach (int i in Enumerable.Range(0, 30))
            Assert.Equal($"v{i}", await EndedAsync(b.GetAsync($"k:{i}", $"v{i}").AsTask()));
        foreach (int i in Enumerable.Range(0, 30))
            Assert.Equal($"v{i}", b.Cache.GetOrLoad($"k:{i}", () => "never"));
        await EndedAsync(b.Cache.SetAsync("set", "v").AsTask());
        Assert.Equal("v", await EndedAsync(b.Cache.GetAsync<string>("set").AsTask()));
        Assert.Equal(2, await EndedAsync(b.Cache.IncrementAsync("n", 2).AsTask()));
        await EndedAsync(b.Cache.InvalidateAsync("k:1*", "set").AsTask());
        Assert.Equal("new", await EndedAsync(b.GetAsync("k:1", "new").AsTask()));
        Assert.Equal("new", await EndedAsync(b.GetAsync("set", "new").AsTask()));
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Each_key_is_loaded_once_for_all_who_wait_however_the_backend_hangs(Fault fault)
    {
        var b = _nodes.Add();
        await b.GetAsync("warm", "up");
        b.Connection.Fault = fault;
        int before = b.Loads;
        var callers = Enumerable.Range(0, 200).Select(i => b.GetAsync($"k:{i % 4}", "v").AsTask()).ToList();
        Assert.All(await EndedAsync(Task.WhenAll(callers)), value => Assert.Equal("v", value));
        Assert.Equal(4, b.Loads - before);
    }

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task It_recovers_by_itself_and_says_so_once(Fault fault)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await b.GetAsync("warm", "up");
        b.Connection.Fault = fault;
        foreach (int i in Enumerable.Range(0, 20))
            await EndedAsync(b.GetAsync($"k:{i}", "v").AsTask());
        await _nodes.UntilAsync(() => b.Log.Count("BackendLost") == 1, Step);
        foreach (int i in Enumerable.Range(0, 40))
            _nodes.Time.Advance(Step);
        Assert.Equal(0, b.Log.Count("BackendBack"));

        b.Connection.Fault = Fault.None;
        await _nodes.UntilAsync(() => b.Log.Count("BackendBack") == 1, Step);
        await b.Cache.SetAsync("after", "v");

        // The test's clock may have moved by minutes while an answer was on its way to a; until the next one it takes the backend's time for later than it is.
        await _nodes.UntilAsync(() => a.Cache.TryGet<string>("after").Value == "v", Step);
        Assert.Equal((1, 1), (b.Log.Count("BackendLost"), b.Log.Count("BackendBack")));
        Assert.Contains("serving from this process", b.Log.Last("BackendLost"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Fault.Refused, "k:1")]
    [InlineData(Fault.Refused, "k:*")]
    [InlineData(Fault.Frozen, "k:1")]
    [InlineData(Fault.Frozen, "k:*")]
    [InlineData(Fault.Slow, "k:1")]
    [InlineData(Fault.Slow, "k:*")]
    [InlineData(Fault.LostAnswers, "k:*")]
    public async Task What_was_invalidated_meanwhile_reaches_the_others_when_it_is_back(Fault fault, string pattern)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.Cache.SetAsync("k:1", "old");
        await b.GetAsync("k:1", "never");
        a.Connection.Fault = fault;
        await EndedAsync(a.Cache.InvalidateAsync(pattern).AsTask());
        Assert.Equal("new", await EndedAsync(a.GetAsync("k:1", "new").AsTask()));
        a.Connection.Fault = Fault.None;
        await _nodes.UntilAsync(() => a.Log.Count("BackendBack") == 1, Step);
        Assert.NotEqual("old", (await a.Cache.TryGetAsync<string>("k:1")).Value);
        Assert.NotEqual("old", await b.GetAsync("k:1", "new"));
    }

    [Fact]
    public async Task A_load_that_began_before_an_outage_does_not_survive_an_invalidation_in_it()
    {
        var a = _nodes.Add();
        await a.GetAsync("warm", "up");
        var source = new TaskCompletionSource<string>();
        var slow = a.Cache.GetOrLoadAsync("k", async _ => await source.Task).AsTask();
        a.Connection.Fault = Fault.Refused;
        await a.Cache.InvalidateAsync("k*");
        source.SetResult("old");
        Assert.Equal("old", await slow);
        Assert.Equal("new", await a.GetAsync("k", "new"));
        a.Connection.Fault = Fault.None;
        await _nodes.UntilAsync(() => a.Log.Count("BackendBack") == 1, Step);
        Assert.NotEqual("old", await a.GetAsync("k", "newer"));
    }

    [Fact]
    public async Task What_a_process_took_over_from_one_that_knew_more_goes_with_its_own_invalidation_in_an_outage()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.GetAsync("warm", "up");
        _nodes.Time.Advance(TimeSpan.FromMilliseconds(300)); // no heartbeat yet
        await b.GetAsync("k", "old");
        Assert.Equal("old", await a.GetAsync("k", "never"));
        a.Connection.Fault = Fault.Refused;
        await a.Cache.InvalidateAsync("k*");
        Assert.Equal("new", await a.GetAsync("k", "new"));
    }

    [Fact]
    public async Task Thousands_of_patterns_in_an_outage_cost_entries_and_nothing_else()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await b.Cache.SetAsync("k:5", "old");
        await a.GetAsync("k:5", "never");
        a.Connection.Fault = Fault.Refused;
        foreach (int i in Enumerable.Range(0, 3000))
        {
            await a.Cache.InvalidateAsync($"p:{i}:*");
            if (i % 500 == 0)
                Assert.Equal($"v{i}", await a.GetAsync($"k:{i}", $"v{i}"));
        }

        await a.Cache.InvalidateAsync("k:*");
        Assert.Equal("new", await a.GetAsync("k:5", "new"));
        Assert.Equal("new", await a.GetAsync("k:2500", "new")); // what it has kept for itself meanwhile as well
        a.Connection.Fault = Fault.None;
        await _nodes.UntilAsync(() => a.Log.Count("BackendBack") == 1, Step);
        Assert.Equal("newer", await b.GetAsync("k:5", "newer"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_it_has_kept_for_itself_in_an_outage_goes_when_keys_are_forgotten_whether_it_heard_of_them_or_not(bool hasHeard)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.GetAsync("warm", "up");
        a.Connection.Fault = Fault.Refused;
        await a.Cache.InvalidateAsync("other");
        Assert.Equal("old", await a.GetAsync("k", "old"));
        await StoredAsync(a);
        await b.Cache.InvalidateAsync("k");
        if (hasHeard)
            await FollowAsync(a);

        // The log is heard of before the backend is used again: its own invalidation still waits.
        _nodes.Time.Advance(TimeSpan.FromMinutes(1));
        await b.Cache.InvalidateAsync("another"); // after which k's record is forgotten
        await FollowAsync(a);
        Assert.False(a.Cache.Backend!.IsTrusted);
        Assert.Equal("new", await a.GetAsync("k", "new"));
    }

    [Fact]
    public async Task What_it_has_kept_for_itself_because_of_one_fault_is_not_served_in_a_later_outage()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        foreach (int i in Enumerable.Range(0, 20))
            await a.GetAsync($"warm:{i}", "up"); // so that a fault or two do not open the breaker
        await StoredAsync(a);
        a.Connection.Fault = Fault.Refused;
        Assert.Equal("old", await a.GetAsync("k", "old"));
        await StoredAsync(a);
        a.Connection.Fault = Fault.None;
        Assert.True(a.Cache.Backend!.IsTrusted);
        await b.Cache.InvalidateAsync("k");
        _nodes.Time.Advance(TimeSpan.FromMinutes(1));
        await b.Cache.InvalidateAsync("another");
        await FollowAsync(a);
        a.Connection.Fault = Fault.Refused;
        Assert.Equal("new", await a.GetAsync("k", "new"));
    }

    [Fact]
    public async Task A_backend_that_was_never_there_is_joined_when_it_appears()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await b.Cache.SetAsync("there", "v");
        a.Connection.Fault = Fault.Refused;
        Assert.Equal("v1", await a.GetAsync("k", "v1"));
        Assert.Equal("v1", await a.GetAsync("k", "v2"));
        await a.Cache.InvalidateAsync("k*");
        Assert.Equal("v3", await a.GetAsync("k", "v3"));
        Assert.Equal(1, a.Log.Count("BackendLost"));
        a.Connection.Fault = Fault.None;
        await _nodes.UntilAsync(() => a.Log.Count("BackendBack") == 1, Step);
        await _nodes.UntilAsync(() => a.Cache.TryGet<string>("there").Found, Step);
    }

    [Fact]
    public async Task Without_silence_callers_are_told_and_the_invalidation_holds_all_the_same()
    {
        var b = _nodes.Add();
        var a = _nodes.Add(options => options.FailSilently = false);
        await b.Cache.SetAsync("k", "old");
        await a.GetAsync("k", "never");
        a.Connection.Fault = Fault.Refused;
        var thrown = await Assert.ThrowsAsync<CacheBackendException>(() => a.Cache.InvalidateAsync("k").AsTask());
        Assert.Contains("Connection refused by the test", thrown.Message, StringComparison.Ordinal);
        Assert.Throws<CacheBackendException>(() => a.Cache.Set("other", "v"));
        await Assert.ThrowsAsync<CacheBackendException>(() => a.GetAsync("k", "new").AsTask());
        a.Connection.Fault = Fault.None;
        await _nodes.UntilAsync(() => a.Log.Count("BackendBack") == 1, Step);
        Assert.Equal("new", await a.GetAsync("k", "new"));
        Assert.Equal("new", await b.GetAsync("k", "newer"));
    }

    [Fact]
    public async Task A_damaged_or_foreign_entry_is_a_miss_that_is_counted_and_the_next_load_overwrites_it()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.Cache.SetAsync("k", 42.5);
        await b.GetAsync("warm", "up");
        Assert.Equal("text", await b.GetAsync("k", "text"));
        Assert.Equal(1, b.Cache.Backend!.Unreadable);
        await b.Cache.DisposeAsync();
        Assert.Equal("text", await _nodes.Add().GetAsync("k", "never"));
    }

    [Fact]
    public async Task What_was_stored_in_half_is_a_miss_that_is_counted_and_the_next_load_overwrites_it()
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        a.Connection.Fault = Fault.HalfWritten;
        await a.GetAsync("k", new('x', 1000));
        await _nodes.UntilAsync(() => !a.Cache.Backend!.IsWriting, TimeSpan.Zero);
        Assert.InRange((await _nodes.Store.GetAsync("k", BackendCall.Async()))!.Value.Length, 500, 600);
        Assert.Equal("whole", await b.GetAsync("k", "whole"));
        Assert.Equal(1, b.Cache.Backend!.Unreadable);
        await b.Cache.DisposeAsync();
        Assert.Equal("whole", await _nodes.Add().GetAsync("k", "never"));
    }

    [Theory]
    [InlineData("k")]
    [InlineData("k*")]
    public async Task A_store_that_is_carried_out_long_after_it_was_given_up_brings_nothing_back(string invalidated)
    {
        var (a, b) = (_nodes.Add(), _nodes.Add());
        await a.GetAsync("warm", "up");
        await b.GetAsync("warm", "up");
        a.Connection.Fault = Fault.Slow;
        await EndedAsync(a.GetAsync("k", "old").AsTask());
        await b.Cache.InvalidateAsync(invalidated);
        long known = b.Cache.Backend!.Follower.Position.Sequence;
        _nodes.Time.Advance(FaultyBackend.SlowCall * 2);
        a.Connection.Fault = Fault.None;

        // As long as it has not heard of the invalidation nothing is promised.
        await _nodes.UntilAsync(
            () => a.Cache.Backend!.Follower.Position.Sequence >= known && a.Log.Count("BackendBack") == a.Log.Count("BackendLost") && !a.Cache.Backend!.IsWriting, Step);
        Assert.Equal("new", await b.GetAsync("k", "new"));
        Assert.NotEqual("old", await a.GetAsync("k", "new"));
    }

    [Fact]
    public async Task What_is_too_large_stays_in_the_process_and_is_logged()
    {
        var (a, b) = (_nodes.Add(options => options.MaxEntrySize = 1024), _nodes.Add());
        string large = new('x', 5000);
        Assert.Equal(large, await a.GetAsync("k", large));
        Assert.Equal(large, await a.GetAsync("k", "never"));
        await a.Cache.SetAsync("set", large);
        Assert.Equal(large, await a.Cache.GetAsync<string>("set"));
        Assert.Equal(2, a.Cache.Backend!.Refused);
        Assert.Equal(2, a.Log.Count("EntryTooLarge"));
        Assert.Equal("loaded", await b.GetAsync("k", "loaded"));
    }

    [Fact]
    public async Task What_is_compressed_is_restored()
    {
        var (a, b) = (_nodes.Add(options => options.CompressAbove = 100), _nodes.Add());
        string large = new('x', 50_000);
        await a.Cache.SetAsync("k", large);
        Assert.InRange((await _nodes.Store.GetAsync("k", BackendCall.Async()))!.Value.Length, EntryHeader.Length, 1000);
        Assert.Equal(large, await b.Cache.GetAsync<string>("k"));
    }

    /// <summary>The process hears of the log, though it cannot use the backend.</summary>
    private async Task FollowAsync(Node node)
    {
        var follower = node.Cache.Backend!.Follower;
        await follower.TakeInAsync(await _nodes.Store.ReadLogAsync(follower.Position, BackendCall.Async()), follower.Ask(), BackendCall.Async());
    }

    private Task StoredAsync(Node node) => _nodes.UntilAsync(() => !node.Cache.Backend!.IsWriting, TimeSpan.FromMilliseconds(1));

    private async Task<T> EndedAsync<T>(Task<T> task)
    {
        await _nodes.UntilAsync(() => task.IsCompleted, Step);
        return await task;
    }

    private async Task EndedAsync(Task task)
    {
        await _nodes.UntilAsync(() => task.IsCompleted, Step);
        await task;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_on_its_way_when_its_key_was_invalidated_while_cut_off_is_not_kept(bool isFollowing)
    {
        await using var nodes = new Nodes();
        var (a, b) = (nodes.Add(), nodes.Add());
        await a.GetAsync("warm", "up");
        await b.GetAsync("warm", "up");
        a.Connection.IsSilent = true;
        nodes.Time.Advance(TimeSpan.FromMilliseconds(10));
        await b.Cache.InvalidateAsync("other:*"); // so b has followed the log further than a
        await b.GetAsync("item:1", "old");
        await nodes.UntilAsync(() => !b.Cache.Backend!.IsWriting, TimeSpan.FromMilliseconds(1));

        var arrives = new TaskCompletionSource();
        a.Connection.Delay = () => arrives.Task;
        var read = a.GetAsync("item:1", "never loaded").AsTask();
        a.Connection.Delay = null;
        a.Connection.Fault = Fault.Refused;
        await a.Cache.InvalidateAsync("item:*");
        if (isFollowing)
        {
            // The log is heard of all the same, beyond the number that the invalidation has here.
            var page = await nodes.Store.ReadLogAsync(a.Cache.Backend!.Follower.Position, BackendCall.Async());
            await a.Cache.Backend.Follower.TakeInAsync(page, a.Cache.Backend.Follower.Ask(), BackendCall.Async());
        }

        arrives.SetResult();
        await read; // it began before, so either value is right; what it has read is not kept
        Assert.Equal("new", await a.GetAsync("item:1", "new"));
    }

    [Fact]
    public async Task A_number_from_before_the_log_was_joined_is_not_required_of_the_regions_after_it()
    {
        await using var nodes = new Nodes();
        var a = nodes.Add();
        Assert.Equal("old", await a.GetAsync("item:1", "old"));

        // What a thread that was held up does: its number is of the process's own clock, and five minutes ahead.
        long ahead = a.Cache.Log.Head + ((long)TimeSpan.FromMinutes(5).TotalMicroseconds << CachedAttr.Invalidation.InvalidationLog.ExtraBits);
        a.Cache.Regions.Require(CachedAttr.Keys.KeyPattern.Parse("item:*"), ahead);
        Assert.Equal("old", await a.GetAsync("item:1", "old"));
        await a.Cache.InvalidateAsync("item:*");
        Assert.Equal("new", await a.GetAsync("item:1", "new"));
    }
}
