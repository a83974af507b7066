namespace CachedAttr.Shapes.Tests;

public sealed record Item(int Id, string Group);

public sealed partial class Invalidations(Cache cache, Calls calls)
{
    public bool Fails { get; set; }

    [Cached("item:{id}", Ttl = 60)]
    public partial int Get(int id);

    private int GetCore(int id) => calls.Next();

    [Cached("item:{id}:part:{part}", Ttl = 60)]
    public partial int GetPart(int id, string part);

    private int GetPartCore(int id, string part) => calls.Next();

    [InvalidateCache("item:{id}")]
    public partial void Exact(int id);

    private void ExactCore(int id) => Work();

    [InvalidateCache("item:{id}:*")]
    public partial int ByPattern(int id);

    private int ByPatternCore(int id) => Work();

    [InvalidateCache("item:{id}", "item:{id}:*")]
    public partial Task TwoPatternsAsync(int id);

    private Task TwoPatternsCoreAsync(int id) => Task.FromResult(Work());

    [InvalidateCache("item:{id}")]
    [InvalidateCache("item:{id}:*")]
    public partial ValueTask TwoAttributesAsync(int id);

    private async ValueTask TwoAttributesCoreAsync(int id)
    {
        await Task.Yield();
        Work();
    }

    [InvalidateCache("item:{result.Id}")]
    public partial Task<Item> OfResultAsync(int number);

    private async Task<Item> OfResultCoreAsync(int number)
    {
        await Task.Yield();
        Work();
        return new Item(number, "g");
    }

    [InvalidateCache("item:{result.Id}")]
    public partial ValueTask<Item?> OfNullResultAsync(int number);

    private ValueTask<Item?> OfNullResultCoreAsync(int number) => new(number == 0 ? null : new Item(number, "g"));

    [InvalidateCache("item:{id}", On = InvalidateOn.Before)]
    public partial int Before(int id);

    private int BeforeCore(int id)
    {
        int seen = Get(id);
        Work();
        return seen;
    }

    [InvalidateCache("item:{id}", On = InvalidateOn.Always)]
    public partial Task<int> AlwaysAsync(int id);

    private async Task<int> AlwaysCoreAsync(int id)
    {
        await Task.Yield();
        return Work();
    }

    [InvalidateCache("item:{id}", On = InvalidateOn.Always)]
    public partial void AlwaysSync(int id);

    private void AlwaysSyncCore(int id) => Work();

    [InvalidateCache("item:{id}", When = nameof(HasChanged))]
    public partial bool When(int id, bool changed);

    private bool WhenCore(int id, bool changed) => changed;

    private static bool HasChanged(bool result, int id) => result && id > 0;

    [InvalidateCache(Method = nameof(Get))]
    public partial Task OfMethodAsync(int id, string other);

    private Task OfMethodCoreAsync(int id, string other) => Task.CompletedTask;

    [InvalidateCache(Method = nameof(GetPart))]
    public partial void OfMethodWithoutAllParameters(int id);

    private void OfMethodWithoutAllParametersCore(int id) => Work();

    public Func<Task<string>> Source { get; set; } = () => Task.FromResult("");

    [Cached("slow:{id}:{part}", Ttl = 60)]
    public partial Task<string> GetSlowAsync(int id, string part);

    private Task<string> GetSlowCoreAsync(int id, string part) => Source();

    [InvalidateCache(Method = nameof(GetSlowAsync))]
    public partial void UpdateSlow(int id, string part);

    private void UpdateSlowCore(int id, string part) => Work();

    [InvalidateCache(Method = nameof(GetSlowAsync))]
    public partial Task UpdateAllSlowAsync(int id);

    private Task UpdateAllSlowCoreAsync(int id) => Task.CompletedTask;

    [InvalidateCache("slow:*:{part}")]
    public partial ValueTask UpdatePartAsync(string part);

    private ValueTask UpdatePartCoreAsync(string part) => default;

    [Cached("dash:{name}-{part}", Ttl = 60)]
    public partial int GetDashed(string name, int part);

    private int GetDashedCore(string name, int part) => calls.Next();

    [InvalidateCache("dash:{name}*")]
    public partial void DashedPrefix(string name);

    private void DashedPrefixCore(string name) => Work();

    [InvalidateCache("item:*")]
    public static partial void StaticOnDefault();

    private static void StaticOnDefaultCore()
    {
    }

    [InvalidateCache("item:{id}:part:{part}")]
    public partial void WithText(int id, string part);

    private void WithTextCore(int id, string part) => Work();

    private int Work() => Fails ? throw new InvalidOperationException("fails") : 0;
}

public sealed class InvalidationTests : IDisposable
{
    private readonly Cache _cache = Cache.Create();
    private readonly Invalidations _service;

    public InvalidationTests() => _service = new Invalidations(_cache, new Calls());

    [Fact]
    public Task A_key() => Invalidates([_service.Get], [_service.GetPart], () => _service.Exact(1));

    [Fact]
    public Task A_pattern() => Invalidates([_service.GetPart], [_service.Get], () => _service.ByPattern(1));

    [Fact]
    public Task Two_patterns() => InvalidatesAsync([_service.Get, P], [], () => _service.TwoPatternsAsync(1));

    [Fact]
    public Task Two_attributes() => InvalidatesAsync([_service.Get, P], [], () => _service.TwoAttributesAsync(1).AsTask());

    [Fact]
    public Task A_member_of_the_result() => InvalidatesAsync([_service.Get], [P], () => _service.OfResultAsync(1));

    [Fact]
    public Task A_member_of_a_result_that_may_be_null() => InvalidatesAsync([_service.Get], [P], () => _service.OfNullResultAsync(1).AsTask());

    [Fact]
    public Task A_member_of_a_null_result_invalidates_nothing_else() => InvalidatesAsync([], [_service.Get, P], () => _service.OfNullResultAsync(0).AsTask());

    [Fact]
    public Task The_key_of_a_method() => InvalidatesAsync([_service.Get], [P], () => _service.OfMethodAsync(1, "x"));

    [Fact]
    public Task The_keys_of_a_method_some_of_whose_parameters_are_not_known() => Invalidates([_service.GetPart], [_service.Get], () => _service.OfMethodWithoutAllParameters(1));

    [Theory]
    [InlineData("plain")]
    [InlineData("with-dash")]
    [InlineData("a.b/c")]
    public void A_wildcard_right_behind_a_hole_misses_no_key(string name)
    {
        int old = _service.GetDashed(name, 1);
        int other = _service.GetDashed("unrelated", 1);
        _service.DashedPrefix(name);
        Assert.NotEqual(old, _service.GetDashed(name, 1));
        Assert.Equal(other, _service.GetDashed("unrelated", 1));
    }

    [Theory]
    [InlineData("its key")]
    [InlineData("a part of its key")]
    [InlineData("a pattern")]
    public async Task By_method_or_pattern_an_invalidation_beats_a_load_that_began_before(string how)
    {
        var slow = new TaskCompletionSource<string>();
        _service.Source = () => slow.Task;
        var load = _service.GetSlowAsync(1, "p");
        _service.Source = () => Task.FromResult("new");

        await (how switch
        {
            "its key" => Run(() => _service.UpdateSlow(1, "p")),
            "a part of its key" => _service.UpdateAllSlowAsync(1),
            _ => _service.UpdatePartAsync("p").AsTask(),
        });
        string after = await _service.GetSlowAsync(1, "p").WaitAsync(TimeSpan.FromSeconds(30));
        slow.SetResult("old");

        Assert.Equal("new", after);
        Assert.Equal("old", await load);
        Assert.Equal("new", await _service.GetSlowAsync(1, "p"));
    }

    [Fact]
    public void Before_the_method_runs()
    {
        int old = _service.Get(1);
        int seen = _service.Before(1);
        Assert.NotEqual(old, seen);
        Assert.Equal(seen, _service.Get(1));
    }

    [Fact]
    public void Not_after_an_exception()
    {
        int old = _service.Get(1);
        _service.Fails = true;
        Assert.Throws<InvalidOperationException>(() => _service.Exact(1));
        Assert.Equal(old, _service.Get(1));
    }

    [Fact]
    public async Task After_an_exception_where_it_says_always()
    {
        _service.Fails = true;
        int old = _service.Get(1);
        await Assert.ThrowsAsync<InvalidOperationException>(() => _service.AlwaysAsync(1));
        int next = _service.Get(1);
        Assert.NotEqual(old, next);
        Assert.Throws<InvalidOperationException>(() => _service.AlwaysSync(1));
        Assert.NotEqual(next, _service.Get(1));
    }

    [Fact]
    public void Only_when_the_condition_holds()
    {
        int old = _service.Get(1);
        _service.When(1, changed: false);
        Assert.Equal(old, _service.Get(1));
        _service.When(1, changed: true);
        Assert.NotEqual(old, _service.Get(1));
    }

    [Fact]
    public void A_static_method_invalidates_the_default_cache()
    {
        Cache.Default.Set("item:static", 1);
        int old = _service.Get(1);
        Invalidations.StaticOnDefault();
        Assert.False(Cache.Default.TryGet<int>("item:static").Found);
        Assert.Equal(old, _service.Get(1));
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("*")]
    [InlineData("")]
    [InlineData("[x]")]
    public void An_argument_never_is_a_wildcard(string part)
    {
        int other = _service.GetPart(1, "plain");
        int old = _service.GetPart(1, part);
        _service.WithText(1, part);
        Assert.Equal(other, _service.GetPart(1, "plain"));
        Assert.NotEqual(old, _service.GetPart(1, part));
    }

    public void Dispose() => _cache.Dispose();

    private int P(int id) => _service.GetPart(id, "p");

    private Task Invalidates(Func<int, string, int>[] gone, Func<int, int>[] kept, Action invalidate) =>
        InvalidatesAsync([.. gone.Select(get => (Func<int, int>)(id => get(id, "p")))], kept, () => Run(invalidate));

    private Task Invalidates(Func<int, int>[] gone, Func<int, string, int>[] kept, Action invalidate) =>
        InvalidatesAsync(gone, [.. kept.Select(get => (Func<int, int>)(id => get(id, "p")))], () => Run(invalidate));

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }

    private static async Task InvalidatesAsync(Func<int, int>[] gone, Func<int, int>[] kept, Func<Task> invalidate)
    {
        int[] goneBefore = [.. gone.Select(get => get(1))], keptBefore = [.. kept.Select(get => get(1))];
        int[] others = [.. gone.Concat(kept).Select(get => get(2))];
        await invalidate();
        for (int i = 0; i < gone.Length; i++)
            Assert.NotEqual(goneBefore[i], gone[i](1));
        for (int i = 0; i < kept.Length; i++)
            Assert.Equal(keptBefore[i], kept[i](1));
        Assert.Equal(others.AsEnumerable(), gone.Concat(kept).Select(get => get(2)));
    }
}
