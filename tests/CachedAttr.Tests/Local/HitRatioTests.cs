namespace CachedAttr.Tests.Local;

/// <summary>The goals of docs/performance.md for the hit ratio, on shorter traces than there.</summary>
public sealed class HitRatioTests
{
    private const int Keys = 20_000;
    private const int Length = 200_000;

    [Fact]
    public void On_traces_of_every_kind_the_hit_ratio_is_at_most_one_point_below_that_of_LRU()
    {
        var all = Traces.OfGoals(Keys, Length).Concat(Traces.OfChange(Keys, Length)).SelectMany(static trace => HitRatios.Of(trace));

        Assert.All(all, ratios => Assert.True(ratios.Ours >= ratios.Lru - 0.01, $"{ratios}"));
    }

    [Fact]
    public void The_mean_hit_ratio_is_at_least_that_of_adaptive_W_TinyLFU()
    {
        var all = Traces.OfGoals(Keys, Length).SelectMany(static trace => HitRatios.Of(trace)).ToList();

        double ours = all.Average(ratios => ratios.Ours);
        double theirs = all.Average(ratios => ratios.TinyLfu);
        Assert.True(ours >= theirs, $"ours {ours:P2}, W-TinyLFU {theirs:P2}");
    }

    [Fact]
    public void A_loop_over_more_keys_than_there_is_room_for_hits_what_came_first()
    {
        var ratios = HitRatios.Of(new Trace("loop", 10_000, Traces.Loop(10_000, 100_000)), capacity: 1_000);

        Assert.InRange(ratios.Ours, 0.08, 0.1);
        Assert.Equal(0, ratios.Lru);
    }
}
