using System.Collections.Concurrent;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Freshness;

/// <content>The same for load limits, tags, what is written through, many keys, and threads that load by themselves.</content>
public sealed partial class ExpiryStampedeTests
{
    [Theory]
    [InlineData(60.0)]
    [InlineData(null)]
    public async Task One_load_that_is_given_up_and_all_hear_of_it(double? staleIfError)
    {
        var method = new TestMethod<string>(_cache, new CachePolicy { Ttl = 5, StaleIfError = staleIfError, LoadTimeout = 2 });
        await method.GetAsync(1, "old");
        _time.Advance(TimeSpan.FromSeconds(6));
        var first = CallAsync(); // it has begun to load, and to look at the clock
        var others = AllAsync(CallAsync);
        await JoinedAsync(method.Region, Callers);
        _time.Advance(TimeSpan.FromSeconds(2.1));
        string[] answers = [await first, .. await others];
        Assert.All(answers, answer => Assert.Equal(staleIfError is null ? "given up" : "old", answer));
        Assert.Equal(2, method.Loads);

        async Task<string> CallAsync()
        {
            try
            {
                return await method.GetAsync(1, static _ => new(new TaskCompletionSource<string>().Task));
            }
            catch (TimeoutException)
            {
                return "given up";
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_load_after_a_tag_was_invalidated_and_nobody_gets_what_carried_it(bool backend)
    {
        var cache = backend ? _shared : _cache;
        var method = new TestMethod<string>(cache, new CachePolicy { Ttl = 5, StaleWhileRevalidate = 60, StaleIfError = 60 }, serializer: backend);
        await method.GetTaggedAsync(1, static _ => new("old"), "tag");
        _time.Advance(TimeSpan.FromSeconds(6));
        await cache.InvalidateTagAsync("tag");
        var source = new TaskCompletionSource<string>();
        var calls = AllAsync(() => method.GetTaggedAsync(1, _ => new(source.Task), "tag"));
        await JoinedAsync(method.Region, Callers - 1);
        source.SetResult("new");
        Assert.All(await calls, answer => Assert.Equal("new", answer));
        Assert.Equal(2, method.Loads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_written_through_meanwhile_stays_and_is_served_at_once(bool backend)
    {
        var cache = backend ? _shared : _cache;
        var method = new TestMethod<string>(cache, new CachePolicy { Ttl = 5 }, serializer: backend);
        await method.GetAsync(1, "old");
        _time.Advance(TimeSpan.FromSeconds(6));
        var source = new TaskCompletionSource<string>();
        var before = AllAsync(() => method.GetAsync(1, _ => new(source.Task)));
        await JoinedAsync(method.Region, Callers - 1);
        await cache.PutAsync("server:1", "put", ttl: null);
        Assert.All(await AllAsync(() => method.GetAsync(1, "never")), answer => Assert.Equal("put", answer)); // the load has not ended
        source.SetResult("loaded before");
        Assert.All(await before, answer => Assert.Equal("loaded before", answer));
        Assert.Equal("put", await method.GetAsync(1, "never"));
        Assert.Equal(2, method.Loads);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_for_many_keys_that_overlap_load_none_twice(bool backend)
    {
        const int Keys = 200;
        var method = new TestMethod<string>(backend ? _shared : _cache, new CachePolicy { Ttl = 5 }, serializer: backend);
        await method.GetManyAsync(Enumerable.Range(0, Keys), static ids => ids.Select(id => KeyValuePair.Create(id, "old")));
        _time.Advance(TimeSpan.FromSeconds(6));
        var loaded = new ConcurrentBag<int>();
        int caller = 0;
        var answers = await AllAsync(async () =>
        {
            int[] ids = [.. Enumerable.Range(Interlocked.Increment(ref caller) * 7 % (Keys - 20), 20)];
            var found = await method.GetManyAsync(ids, wanted =>
            {
                Array.ForEach(wanted, loaded.Add);
                return wanted.Select(id => KeyValuePair.Create(id, $"new{id}"));
            });
            return ids.All(id => found[id] == $"new{id}") ? "right" : "wrong";
        });
        Assert.All(answers, answer => Assert.Equal("right", answer));
        Assert.Equal(loaded.Count, loaded.Distinct().Count());
    }

    [Fact]
    public async Task Many_keys_that_are_stale_are_loaded_once_in_the_background_and_nobody_waits()
    {
        int[] ids = [.. Enumerable.Range(0, 50)];
        var method = new WatchedMethod(_cache, new CachePolicy { Ttl = 5, StaleWhileRevalidate = 60 });
        await method.GetManyAsync(ids, static (wanted, _) => new(WatchedMethod.Each(wanted, "old")));
        _time.Advance(TimeSpan.FromSeconds(6));
        var loaded = new ConcurrentBag<int>();
        var gate = new TaskCompletionSource();
        var answers = await AllAsync(async () => string.Concat((await method.GetManyAsync(ids, async (wanted, _) =>
        {
            Array.ForEach(wanted, loaded.Add);
            await gate.Task;
            return WatchedMethod.Each(wanted, "new");
        })).Values.Distinct()));
        Assert.All(answers, answer => Assert.Equal("old", answer));
        gate.SetResult();
        await method.WhenIdleAsync();
        Assert.Equal(ids, loaded.Order());
        Assert.Equal("new", (await method.GetManyAsync(ids, static (_, _) => throw new InvalidOperationException("All are here.")))[7]);
    }

    [Fact]
    public async Task Threads_that_load_by_themselves_wait_for_one_of_them()
    {
        var method = new TestMethod<string>(_cache, new CachePolicy { Ttl = 5 });
        method.Get(1, () => "old");
        _time.Advance(TimeSpan.FromSeconds(6));
        using var gate = new ManualResetEventSlim();
        var answers = new string[Callers];
        var threads = Enumerable.Range(0, Callers).Select(i => new Thread(() => answers[i] = method.Get(1, () =>
        {
            gate.Wait();
            return "new";
        }), maxStackSize: 256 * 1024)).ToList();
        threads.ForEach(thread => thread.Start());
        await JoinedAsync(method.Region, Callers - 1);
        gate.Set();
        threads.ForEach(thread => thread.Join());
        Assert.All(answers, answer => Assert.Equal("new", answer));
        Assert.Equal(2, method.Loads);
    }

    private static async Task JoinedAsync(CachedAttr.Loading.CacheRegion region, long callers)
    {
        while (region.Telemetry.Joined < callers)
            await Task.Yield();
    }
}
