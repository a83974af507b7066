using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Tests.Backends;

/// <summary>A backend that was away, and calls that were on their way to it meanwhile.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task Calls_that_began_before_it_came_back_do_not_make_it_suspect_when_they_fail_after()
    {
        var time = new ManualTimeProvider();
        var settings = new BackendSettings { TimeProvider = time };
        var store = new FaultyBackend(new MemoryBackend(settings));
        var resilience = new ResilienceSettings { Timeout = TimeSpan.FromSeconds(10), BreakDuration = TimeSpan.FromSeconds(0.5), FailSilently = true };
        await using var backend = new ResilientBackend(store, static fallback => new MemoryBackend(fallback), settings, resilience);

        store.Fault = Fault.Frozen;
        var late = Enumerable.Range(0, 4).Select(i => backend.GetAsync($"k:{i}", BackendCall.Async()).AsTask()).ToList();
        late.AddRange(Enumerable.Range(0, 4).Select(async i => (ReadOnlyMemory<byte>?)((await backend.GetManyAsync([$"k:{i}"], BackendCall.Async()))[0])));
        store.Fault = Fault.Refused;
        while (backend.IsTrusted)
            await backend.GetAsync("k", BackendCall.Async());
        store.Fault = Fault.None;
        time.Advance(TimeSpan.FromSeconds(1));
        await backend.ReadLogAsync((await backend.ReadLogAsync(default, BackendCall.Async())).End, BackendCall.Async());
        Assert.True(backend.IsTrusted);

        time.Advance(TimeSpan.FromSeconds(12)); // with the slack that shared deadlines have
        await Task.WhenAll(late);
        Assert.True(backend.IsTrusted);

        store.Fault = Fault.Refused;
        for (int i = 0; i < 20; i++)
            await backend.GetAsync("k", BackendCall.Async());
        Assert.False(backend.IsTrusted);
    }

    [Fact]
    public async Task It_is_not_read_from_before_the_log_was_followed_to_what_was_handed_over()
    {
        var time = new ManualTimeProvider();
        var settings = new BackendSettings { TimeProvider = time };
        var store = new FaultyBackend(new MemoryBackend(settings));
        await using var backend = new ResilientBackend(store, static fallback => new MemoryBackend(fallback), settings, new() { FailSilently = true });
        var before = (await backend.ReadLogAsync(default, BackendCall.Async())).End;
        store.Fault = Fault.Refused;
        await backend.InvalidateAsync([new(InvalidationKind.Pattern, "k:*")], before, BackendCall.Async());
        store.Fault = Fault.None;
        time.Advance(TimeSpan.FromSeconds(2));

        var page = await backend.ReadLogAsync(before, BackendCall.Async());
        Assert.Equal("k:*", Assert.Single(page.Records).What.Text);
        Assert.Equal((0, false, true), (backend.Pending, backend.IsTrusted, page.IsToBeConfirmed));

        // Meanwhile it is given more: a process that invalidates all the time has to come back as well.
        var more = await backend.InvalidateAsync([new(InvalidationKind.Pattern, "more:*")], before, BackendCall.Async());
        Assert.Equal((0, true, false), (backend.Pending, more.Appended > 0, backend.IsTrusted));
        page = await backend.ReadLogAsync(before, BackendCall.Async());
        Assert.Equal((false, true), (backend.IsTrusted, page.IsToBeConfirmed));
        page = await backend.ReadLogAsync(page.End, BackendCall.Async());
        Assert.Equal((true, false), (backend.IsTrusted, page.IsToBeConfirmed));
    }

    [Fact]
    public async Task A_process_that_invalidates_in_every_round_trip_comes_back_as_well()
    {
        var time = new ManualTimeProvider();
        var settings = new BackendSettings { TimeProvider = time };
        var store = new FaultyBackend(new MemoryBackend(settings));
        await using var backend = new ResilientBackend(store, static fallback => new MemoryBackend(fallback), settings, new() { FailSilently = true });
        var position = (await backend.ReadLogAsync(default, BackendCall.Async())).End;
        store.Fault = Fault.Refused;
        await backend.InvalidateAsync([new(InvalidationKind.Key, "first")], position, BackendCall.Async());
        Assert.False(backend.IsTrusted);
        store.Fault = Fault.None;
        time.Advance(TimeSpan.FromSeconds(2));

        // While one is on its way the next is made, and so on for a thousand round trips.
        int made = 0;
        bool isInside = false;
        store.Invalidating = async () =>
        {
            if (isInside || made == 1_000)
                return;
            made++;
            isInside = true;
            await backend.InvalidateAsync([new(InvalidationKind.Key, "k" + made)], position, BackendCall.Async());
            isInside = false;
        };
        for (int i = 0; i < 3 && !backend.IsTrusted; i++)
            position = (await backend.ReadLogAsync(position, BackendCall.Async())).End;
        Assert.True(backend.IsTrusted);
        Assert.Equal(0, backend.Pending);
        Assert.InRange(made, 1, 10);
    }

    [Fact]
    public void What_is_invalidated_again_while_it_is_handed_over_is_handed_over_again()
    {
        InvalidationTarget[] key = [new(InvalidationKind.Key, "k")], other = [new(InvalidationKind.Key, "other")];
        var trust = new BackendTrust(100);
        trust.Keep(key);
        trust.Keep(other);
        var sending = trust.Next()!;
        trust.Keep(key); // its update came after the first was appended
        trust.HandedOver(sending, new(1, 10));
        Assert.Equal(key, trust.Next()!.What);
        trust.BeginRecovery();
        Assert.False(trust.TryTrust(new(1, 20), 1)); // one waits
        trust.HandedOver(trust.Next()!, new(1, 20));
        Assert.Equal((false, true), (trust.IsTrusted, trust.TakesInvalidations));
        Assert.False(trust.TryTrust(new(1, 19), 1));
        Assert.True(trust.TryTrust(new(1, 20), 1) && trust.IsTrusted);
    }

    [Fact]
    public void A_fault_while_it_recovers_begins_it_again_and_a_lost_log_needs_no_following()
    {
        var trust = new BackendTrust(100);
        trust.Keep([new(InvalidationKind.Key, "k")]);
        trust.HandedOver(trust.Next()!, new(1, 40));
        trust.BeginRecovery();
        Assert.False(trust.Distrust());
        Assert.False(trust.TryTrust(new(1, 50), 1)); // who asked before the fault
        trust.BeginRecovery();
        Assert.False(trust.TryTrust(new(1, 39), 1));
        Assert.True(trust.TryTrust(new(1, 39), 2));
    }

    [Fact]
    public void What_was_handed_over_by_one_is_not_forgotten_by_another_who_read_earlier()
    {
        var trust = new BackendTrust(100);
        trust.Keep([new(InvalidationKind.Key, "k")]);
        trust.HandedOver(trust.Next()!, new(1, 100));
        trust.Distrust();
        trust.BeginRecovery(); // nothing waits any more
        Assert.False(trust.TryTrust(new(1, 90), 1));
        trust.Keep([new(InvalidationKind.Key, "other")]);
        trust.HandedOver(trust.Next()!, new(1, 95)); // whose answer came late
        trust.BeginRecovery();
        Assert.False(trust.TryTrust(new(1, 99), 1));
        Assert.True(trust.TryTrust(new(1, 100), 1));
    }

    [Fact]
    public void Too_many_that_wait_become_one_of_everything_which_is_handed_over_again_as_well()
    {
        var trust = new BackendTrust(2);
        for (int i = 0; i < 5; i++)
            trust.Keep([new(InvalidationKind.Key, "k" + i)]);
        var sending = trust.Next()!;
        Assert.Equal([new(InvalidationKind.Pattern, "*")], sending.What);
        trust.Keep([new(InvalidationKind.Key, "late")]);
        trust.HandedOver(sending, new(1, 10));
        Assert.Equal(1, trust.Pending);
    }
}
