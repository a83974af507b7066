using CachedAttr.Tests.Local;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>What the eviction is worth: see <see cref="TraceCommand"/> for all figures.</summary>
internal static class RatioRows
{
    public static IEnumerable<Score> HitRatios()
    {
        var all = Traces.OfGoals(TraceCommand.Keys, TraceCommand.Length).SelectMany(static trace => Tests.Local.HitRatios.Of(trace)).ToList();
        var worst = all.MinBy(static ratios => ratios.Ours - ratios.Lru)!;
        double mean = 100 * all.Average(static ratios => ratios.Ours);
        double tinyLfu = 100 * all.Average(static ratios => ratios.TinyLfu);
        double lru = 100 * all.Average(static ratios => ratios.Lru);
        return
        [
            new("hit ratio above that of LRU, the worst of all runs", 100 * (worst.Ours - worst.Lru), Goal.AtLeast(-1)) { Unit = " points", Note = $"{worst.Trace}, {worst.Capacity} entries" },
            new("mean hit ratio above that of adaptive W-TinyLFU", mean - tinyLfu, Goal.AtLeast(0)) { Unit = " points", Note = FormattableString.Invariant($"{mean:F2} : {tinyLfu:F2} %; LRU {lru:F2} %") },
        ];
    }
}
