using CachedAttr.Backends;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Invalidation;

/// <summary>
/// All that stores (loads, refreshes, loads of many keys, loads that were left, what is set by hand, sliding entries that are stored again) against all that
/// invalidates, over real threads and times so short that everything ends all the time.
/// </summary>
public sealed class FeatureRaceStressTests
{
    private const int Keys = 8;
    private const int Updates = 1500;

    public static TheoryData<string, bool> Races
    {
        get
        {
            var all = new TheoryData<string, bool>();
            foreach (string feature in new[] { "StaleWhileRevalidate", "RefreshAhead", "StaleIfError", "Sliding" })
            {
                all.Add(feature, false);
                all.Add(feature, true);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Races))]
    public async Task No_feature_brings_back_what_was_invalidated_before_the_call(string feature, bool backend)
    {
        await using var cache = Cache.Create(options =>
        {
            options.RetryDelay = 0.02;
            if (backend)
                options.BackendFactory = static settings => new MemoryBackend(settings);
        });
        var race = new Race(cache, new(cache, PolicyOf(feature), serializer: backend), fails: feature == "StaleIfError");
        var updates = Enumerable.Range(6, 2).Select(seed => Task.Run(() => race.UpdateAsync(seed))).ToList();
        var whileUpdated = Task.WhenAll(updates);
        await Task.WhenAll(
        [
            .. Enumerable.Range(0, 4).Select(seed => Task.Run(() => race.ReadAsync(seed, whileUpdated))),
            .. Enumerable.Range(4, 2).Select(seed => Task.Run(() => race.ReadManyAsync(seed, whileUpdated))),
            .. updates,
        ]);
        Assert.Null(race.Stale);
    }

    private static CachePolicy PolicyOf(string feature) => feature switch
    {
        "StaleWhileRevalidate" => new() { Ttl = 0.03, StaleWhileRevalidate = 10 },
        "RefreshAhead" => new() { Ttl = 0.1, RefreshAhead = 0.2 },
        "StaleIfError" => new() { Ttl = 0.03, StaleIfError = 10 },
        _ => new() { Ttl = 10, Sliding = 0.05 },
    };

    private sealed class Race(Cache cache, TestMethod<long> method, bool fails)
    {
        private readonly long[] _source = new long[Keys];      // what the database holds
        private readonly long[] _invalidated = new long[Keys]; // the version whose invalidation is complete
        private readonly SemaphoreSlim[] _writers = [.. Enumerable.Range(0, Keys).Select(_ => new SemaphoreSlim(1))];
        private string? _stale;
        public string? Stale => _stale;

        public async Task ReadAsync(int seed, Task updates)
        {
            var random = new Random(seed);
            while (!updates.IsCompleted)
            {
                int key = random.Next(Keys);
                int kind = random.Next(16);
                int pauses = random.Next(4);
                long atLeast = Volatile.Read(ref _invalidated[key]);
                using var scope = kind == 0 ? CacheScope.Bypass() : null;
                using var caller = new CancellationTokenSource();
                try
                {
                    var call = kind == 1 ? method.GetAsync(key, _ => LoadAsync(key, pauses), caller.Token)
                        : method.GetTaggedAsync(key, _ => LoadAsync(key, pauses), $"key:{key}", "all");
                    if (kind == 1)
                        await caller.CancelAsync(); // the load goes on
                    Check($"call {kind}", key, await call, atLeast);
                }
                catch (Exception exception) when (exception is OperationCanceledException or IOException)
                {
                    // It says nothing.
                }

                if (random.Next(16) == 0)
                    await Task.Yield(); // hits never do, and would starve the updates
            }
        }

        public async Task ReadManyAsync(int seed, Task updates)
        {
            var random = new Random(seed);
            while (!updates.IsCompleted)
            {
                int first = random.Next(Keys - 3);
                int pauses = random.Next(4);
                long[] atLeast = [.. Enumerable.Range(0, Keys).Select(key => Volatile.Read(ref _invalidated[key]))];
                try
                {
                    var found = await method.GetManyAsync(Enumerable.Range(first, 3), async (ids, _) =>
                    {
                        var values = ids.Select(id => KeyValuePair.Create(id, Value(id))).ToList();
                        for (int i = pauses; i > 0; i--)
                            await Task.Yield();
                        return values;
                    });
                    foreach (var (key, value) in found)
                        Check("many", key, value, atLeast[key]);
                }
                catch (IOException)
                {
                    // It says nothing.
                }

                await Task.Yield();
            }
        }

        public async Task UpdateAsync(int seed)
        {
            var random = new Random(seed);
            for (int n = 0; n < Updates; n++)
            {
                int key = random.Next(Keys);
                await _writers[key].WaitAsync(CancellationToken.None);
                try
                {
                    long version = Interlocked.Increment(ref _source[key]);
                    await InvalidateAsync(random.Next(6), key, version);
                    Volatile.Write(ref _invalidated[key], version);
                }
                finally
                {
                    _writers[key].Release();
                }

                for (int i = random.Next(4); i > 0; i--)
                    await Task.Yield();
            }
        }

        private ValueTask InvalidateAsync(int kind, int key, long version) => kind switch
        {
            0 => cache.InvalidateAsync("server:*"),
            1 => cache.InvalidateAsync($"server:{key}"),
            2 => cache.InvalidateAsync($"server:{key}*"),
            3 => cache.SetAsync($"server:{key}", version),
            4 => cache.PutAsync($"server:{key}", version, ttl: null),
            _ => new(cache.RemoveAsync($"server:{key}").AsTask()),
        };

        private async ValueTask<long> LoadAsync(int key, int pauses)
        {
            long value = Value(key);
            for (; pauses > 0; pauses--)
                await Task.Yield();
            return value;
        }

        private long Value(int key)
        {
            long value = Volatile.Read(ref _source[key]);
            return fails && value % 3 == 1 ? throw new IOException("The source fails.") : value;
        }

        private void Check(string how, int key, long value, long atLeast)
        {
            if (value < atLeast)
                Interlocked.CompareExchange(ref _stale, $"{how}: {value} of key {key}, after {atLeast} had been invalidated", null);
        }
    }
}
