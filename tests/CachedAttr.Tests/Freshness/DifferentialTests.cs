using System.Globalization;
using CachedAttr.Backends;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Freshness;

/// <summary>Random schedules, carried out by a cache and by the model, with the same answers and the same number of loads.</summary>
public sealed class DifferentialTests
{
    private const int RetryDelay = 4;
    private const int Steps = 40;

    // 20,000 over the four; CACHEDATTR_SCHEDULES for more.
    private static readonly int Schedules = int.Parse(Environment.GetEnvironmentVariable("CACHEDATTR_SCHEDULES") ?? "5000", CultureInfo.InvariantCulture);

    private static readonly string[] Kinds = ["call", "call", "call", "call", "call", "call", "pass", "pass", "pass", "pass", "fail", "empty", "remove", "invalidate", "set"];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_cache_does_what_the_model_does(bool synchronous, bool backend)
    {
        for (int seed = 0; seed < Schedules; seed++)
        {
            var random = new Random(seed);
            var policy = Policy(random, backend);
            var schedule = Enumerable.Range(0, Steps).Select(_ => Step.Next(random)).ToList();
            if (await DifferenceAsync(policy, schedule, synchronous, backend) is null)
                continue;
            schedule = await ShrinkAsync(policy, schedule, synchronous, backend);
            Assert.Fail($"seed {seed}, {policy}:\n{string.Join("\n", schedule)}\n{await DifferenceAsync(policy, schedule, synchronous, backend)}");
        }
    }

    private static CachePolicy Policy(Random random, bool backend)
    {
        var policy = new CachePolicy { Ttl = random.Next(4, 20) };
        if (random.Next(3) == 0)
            policy.StaleIfError = random.Next(1, 20);
        if (random.Next(3) == 0)
            policy.RefreshAhead = random.Next(1, 10) / 10.0;
        if (random.Next(4) == 0)
            policy.NullTtl = random.Next(0, 6);

        // With a backend reads prolong its copy to within a quarter only, which is a test of its own.
        if (random.Next(3) == 0 && !backend)
            policy.Sliding = random.Next(1, (int)policy.Ttl.Value);
        else if (random.Next(2) == 0)
            policy.StaleWhileRevalidate = random.Next(1, 20);
        return policy;
    }

    private static async Task<List<Step>> ShrinkAsync(CachePolicy policy, List<Step> schedule, bool synchronous, bool backend)
    {
        for (int i = schedule.Count - 1; i >= 0; i--)
        {
            List<Step> shorter = [.. schedule[..i], .. schedule[(i + 1)..]];
            if (await DifferenceAsync(policy, shorter, synchronous, backend) is not null)
                (schedule, i) = (shorter, shorter.Count);
        }

        return schedule;
    }

    /// <summary>Where the two part; null if they do not.</summary>
    private static async Task<string?> DifferenceAsync(CachePolicy policy, List<Step> schedule, bool synchronous, bool backend)
    {
        var time = new ManualTimeProvider();
        await using var cache = Cache.Create(options =>
        {
            options.TimeProvider = time;
            options.RetryDelay = RetryDelay;

            // Its answers would take fake seconds, by which this process would be ahead of the backend.
            options.HeartbeatInterval = 1_000_000;
            options.MaxLoad = 1_000_000;
            if (backend)
                options.BackendFactory = static settings => new MemoryBackend(settings);
        });
        var method = new TestMethod<string?>(cache, policy, serializer: backend);
        var model = new FreshnessModel(policy, RetryDelay);
        foreach (var step in schedule)
        {
            switch (step.Kind)
            {
                case "call":
                    string? expected = model.Call(step.Key);
                    string? actual = await CallAsync(method, model, step.Key, synchronous);
                    await method.WhenIdleAsync();
                    await WrittenAsync(cache);
                    if (actual != expected || method.Loads != model.Loads)
                        return $"{step}: {actual ?? "null"} after {method.Loads} loads, the model {expected ?? "null"} after {model.Loads}";
                    break;
                case "pass":
                    model.Advance(step.Seconds);
                    time.Advance(TimeSpan.FromSeconds(step.Seconds));
                    break;
                case "fail":
                    model.Fails = !model.Fails;
                    break;
                case "empty":
                    model.IsEmpty = !model.IsEmpty;
                    break;
                case "remove":
                    model.Remove(step.Key);
                    await cache.RemoveAsync($"server:{step.Key}");
                    break;
                case "invalidate":
                    model.Clear();
                    await cache.InvalidateAsync("server:*");
                    break;
                default:
                    model.Set(step.Key, $"set{step.Seconds}");
                    await cache.SetAsync<string?>($"server:{step.Key}", $"set{step.Seconds}");
                    break;
            }
        }

        return null;
    }

    private static async Task<string?> CallAsync(TestMethod<string?> method, FreshnessModel model, int key, bool synchronous)
    {
        try
        {
            return synchronous ? method.Get(key, Load) : await method.GetAsync(key, _ => new(Load()));
        }
        catch (IOException)
        {
            return "failed";
        }

        string? Load() => model.Fails ? throw new IOException("The source fails.") : model.IsEmpty ? null : $"v{method.Loads}";
    }

    private static async Task WrittenAsync(Cache cache)
    {
        while (cache.Backend is { IsWriting: true })
            await Task.Yield();
    }

    private sealed record Step(string Kind, int Key, int Seconds)
    {
        public static Step Next(Random random) => new(Kinds[random.Next(Kinds.Length)], random.Next(2), random.Next(1, 9));

        public override string ToString() => $"{Kind} {(Kind is "pass" ? Seconds : Key)}";
    }
}
