using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace CachedAttr.Shapes.Tests;

public sealed record Part(int Id, string Shop, int Version);

/// <summary>Methods of many keys, in each kind.</summary>
public sealed partial class Parts(Cache cache)
{
    private int _version;

    /// <summary>The ids of each load.</summary>
    public ConcurrentQueue<int[]> Loads { get; } = new();

    public Func<Task> Gate { get; set; } = () => Task.CompletedTask;

    [Cached("part:{id}", Ttl = 60, NullTtl = 30)]
    public partial Task<Part?> GetAsync(int id, CancellationToken ct = default);

    private async Task<Part?> GetCoreAsync(int id, CancellationToken ct) => (await ManyAsync([id])).GetValueOrDefault(id);

    [Cached("part:{ids}", Ttl = 60, NullTtl = 30)]
    public partial Task<IReadOnlyDictionary<int, Part>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);

    private async Task<IReadOnlyDictionary<int, Part>> GetManyCoreAsync(IReadOnlyCollection<int> ids, CancellationToken ct) => await ManyAsync(ids);

    [Cached("shop:{shop}:part:{ids}", Ttl = 60, Tags = ["shop:{shop}", "part:{ids}", "version:{result.Version}"], Unless = nameof(IsOld), When = nameof(IsOpen))]
    public partial ValueTask<Dictionary<int, Part>> GetOfShopAsync(List<int> ids, string shop);

    private async ValueTask<Dictionary<int, Part>> GetOfShopCoreAsync(List<int> ids, string shop) => await ManyAsync(ids, shop);

    private static bool IsOld(Part part, string shop) => part.Id == 99 && shop.Length > 0;

    private static bool IsOpen(string shop) => shop != "closed";

    [Cached("sync:{ids}", Ttl = 60)]
    public partial IDictionary<int, int> GetSync(params ImmutableArray<int> ids);

    private IDictionary<int, int> GetSyncCore(params ImmutableArray<int> ids)
    {
        Loads.Enqueue([.. ids]);
        return ids.Where(id => id >= 0).ToDictionary(id => id, id => id * 10 + ++_version * 0);
    }

    [Cached("sync:{id}", Ttl = 60)]
    public partial int GetOneSync(int id);

    private int GetOneSyncCore(int id)
    {
        Loads.Enqueue([id]);
        return id * 10;
    }

    /// <summary>Not one of many keys, though it looks like one: its dictionary has the words, and not the languages.</summary>
    [Cached("words:{languages}", Ttl = 60)]
    public partial Task<Dictionary<string, string>> GetWordsAsync(string[] languages);

    private Task<Dictionary<string, string>> GetWordsCoreAsync(string[] languages)
    {
        Loads.Enqueue([languages.Length]);
        return Task.FromResult(languages.SelectMany(language => new[] { ("yes", language), ("no", language) }).ToDictionary(word => word.Item2 + word.Item1, word => word.Item1));
    }

    [InvalidateCache("part:{ids}")]
    public partial Task TouchAsync(params int[] ids);

    private static Task TouchCoreAsync(params int[] ids) => Task.CompletedTask;

    private async Task<Dictionary<int, Part>> ManyAsync(IEnumerable<int> ids, string shop = "")
    {
        Loads.Enqueue([.. ids]);
        int version = Interlocked.Increment(ref _version);
        await Gate();
        return ids.Where(id => id >= 0).ToDictionary(id => id, id => new Part(id, shop, version));
    }
}

public sealed class ManyKeysTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Cache _cache;
    private readonly Parts _parts;

    public ManyKeysTests()
    {
        _cache = Cache.Create(options => options.TimeProvider = _time);
        _parts = new(_cache);
    }

    [Fact]
    public async Task Only_what_is_missing_is_loaded_and_by_one_call()
    {
        Assert.Equal([1, 2, 3], (await _parts.GetManyAsync([1, 2, 3])).Keys.Order());
        var found = await _parts.GetManyAsync([2, 5, 3, 4, 4, 5]);
        Assert.Equal([2, 3, 4, 5], found.Keys.Order());
        Assert.Equal((1, 2), (found[2].Version, found[5].Version));
        Assert.Equal<int[]>([[1, 2, 3], [5, 4]], _parts.Loads);
        await _parts.GetManyAsync([]);
        Assert.Equal(2, _parts.Loads.Count);
    }

    [Fact]
    public async Task Entries_are_those_of_the_method_of_one_key()
    {
        var one = await _parts.GetAsync(7);
        var many = await _parts.GetManyAsync([7, 8]);
        Assert.Same(one, many[7]);
        Assert.Same(many[8], await _parts.GetAsync(8));
        Assert.Same(one, await _cache.GetAsync<Part?>("part:7"));
        await _parts.TouchAsync(7, 8);
        Assert.NotSame(one, (await _parts.GetManyAsync([7]))[7]);
        Assert.NotSame(many[8], await _parts.GetAsync(8));
    }

    [Fact]
    public async Task What_the_source_does_not_have_is_remembered_as_long_as_null_is()
    {
        Assert.Empty(await _parts.GetManyAsync([-1]));
        Assert.Empty(await _parts.GetManyAsync([-1]));
        Assert.Null(await _parts.GetAsync(-1));
        Assert.Single(_parts.Loads);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Empty(await _parts.GetManyAsync([-1]));
        Assert.Equal(2, _parts.Loads.Count);
    }

    [Fact]
    public async Task Calls_that_overlap_load_nothing_twice()
    {
        var gate = new TaskCompletionSource();
        _parts.Gate = () => gate.Task;
        var first = _parts.GetManyAsync([1, 2, 3]);
        var second = _parts.GetManyAsync([2, 3, 4]);
        var third = _parts.GetManyAsync([1, 4]);
        var single = _parts.GetAsync(3);
        var other = _parts.GetAsync(5);
        var fourth = _parts.GetManyAsync([5, 6]);
        gate.SetResult();
        Assert.Equal([1, 2, 3], (await first).Keys.Order());
        Assert.Equal([2, 3, 4], (await second).Keys.Order());
        Assert.Equal([1, 4], (await third).Keys.Order());
        Assert.Same((await first)[3], await single);
        Assert.Same(await other, (await fourth)[5]);
        Assert.Equal<int[]>([[1, 2, 3], [4], [5], [6]], _parts.Loads);
    }

    [Fact]
    public async Task An_invalidation_while_they_load_keeps_only_its_own_keys_from_being_stored()
    {
        var gate = new TaskCompletionSource();
        _parts.Gate = () => gate.Task;
        var load = _parts.GetManyAsync([1, 2]);
        await _parts.TouchAsync(2);
        var after = _parts.GetManyAsync([1, 2]);
        gate.SetResult();
        await load;
        Assert.Equal((1, 2), ((await after)[1].Version, (await after)[2].Version));
        Assert.Equal<int[]>([[1, 2], [2]], _parts.Loads);
        Assert.Equal(2, (await _parts.GetAsync(2))!.Version);
    }

    [Fact]
    public async Task Each_caller_ends_its_own_wait()
    {
        var gate = new TaskCompletionSource();
        _parts.Gate = () => gate.Task;
        using var leaves = new CancellationTokenSource();
        var first = _parts.GetManyAsync([1, 2], leaves.Token);
        var second = _parts.GetManyAsync([2]);
        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();
        Assert.Equal(1, (await second)[2].Version);
        Assert.Single(_parts.Loads);
    }

    [Fact]
    public async Task All_get_the_exception_of_a_load_that_fails()
    {
        var gate = new TaskCompletionSource();
        _parts.Gate = () => gate.Task;
        var first = _parts.GetManyAsync([1, 2]);
        var second = _parts.GetAsync(2);
        gate.SetException(new IOException("The source is away."));
        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => second);
        _parts.Gate = () => Task.CompletedTask;
        Assert.Equal(2, (await _parts.GetManyAsync([1, 2])).Count);
    }

    [Fact]
    public async Task Other_parameters_tags_and_conditions_hold_for_each_item()
    {
        Assert.Equal("a", (await _parts.GetOfShopAsync([1, 2], "a"))[1].Shop);
        Assert.Equal("b", (await _parts.GetOfShopAsync([1, 2], "b"))[1].Shop);
        Assert.Equal(2, _parts.Loads.Count);
        await _cache.InvalidateTagAsync("shop:a");
        await _parts.GetOfShopAsync([1], "a");
        await _parts.GetOfShopAsync([1], "b");
        Assert.Equal(3, _parts.Loads.Count);
        await _cache.InvalidateTagAsync("part:2");
        await _parts.GetOfShopAsync([1, 2], "b");
        Assert.Equal([2], _parts.Loads.Last());
        await _cache.InvalidateTagAsync("version:4");
        await _parts.GetOfShopAsync([1, 2], "b");
        Assert.Equal([2], _parts.Loads.Last());
        int loads = _parts.Loads.Count;
        await _parts.GetOfShopAsync([99], "b");
        await _parts.GetOfShopAsync([99], "b");
        await _parts.GetOfShopAsync([1], "closed");
        await _parts.GetOfShopAsync([1], "closed");
        Assert.Equal(loads + 4, _parts.Loads.Count);
    }

    [Fact]
    public void Without_tasks_and_with_values_that_cannot_say_that_there_is_none()
    {
        Assert.Equal(20, _parts.GetSync(1, 2, -3)[2]);
        Assert.Equal([1, 2], _parts.GetSync(1, 2, -3).Keys.Order());
        Assert.Equal(10, _parts.GetOneSync(1));
        Assert.Equal<int[]>([[1, 2, -3], [-3]], _parts.Loads);
    }

    [Fact]
    public async Task What_a_loader_was_not_asked_for_is_returned_and_not_stored()
    {
        Assert.Equal(4, (await _parts.GetWordsAsync(["en", "de"])).Count);
        Assert.Equal(4, (await _parts.GetWordsAsync(["en", "de"])).Count);
        Assert.Equal(2, _parts.Loads.Count);
    }

    [Fact]
    public async Task Scopes_hold_for_all_of_them()
    {
        await _parts.GetManyAsync([1, 2]);
        using (CacheScope.Bypass())
            Assert.Equal(2, (await _parts.GetManyAsync([1]))[1].Version);
        Assert.Equal((2, 1), ((await _parts.GetManyAsync([1, 2]))[1].Version, (await _parts.GetManyAsync([2]))[2].Version));
        using (CacheScope.NoStore())
            await _parts.GetManyAsync([1, 3]);
        Assert.Equal(4, (await _parts.GetManyAsync([3]))[3].Version);
    }

    public void Dispose() => _cache.Dispose();
}
