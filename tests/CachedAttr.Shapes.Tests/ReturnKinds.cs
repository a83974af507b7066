namespace CachedAttr.Shapes.Tests;

public sealed partial class ReturnKinds(Cache cache, Calls calls)
{
    [Cached("kinds:sync:{id}", Ttl = 60)]
    public partial int Get(int id);

    private int GetCore(int id) => calls.Next();

    [Cached("kinds:task:{id}", Ttl = 60)]
    public partial Task<int> GetAsync(int id);

    private Task<int> GetCoreAsync(int id) => calls.NextAsync();

    [Cached("kinds:value:{id}", Ttl = 60)]
    public partial ValueTask<int> GetValueAsync(int id);

    private ValueTask<int> GetValueCoreAsync(int id) => calls.NextValueAsync();

    [Cached("kinds:nullable:{id}", Ttl = 60)]
    public partial Task<string?> FindAsync(int id, CancellationToken ct = default);

    private async Task<string?> FindCoreAsync(int id, CancellationToken ct)
    {
        await Task.Yield();
        calls.Next();
        return id == 0 ? null : $"{id}";
    }

    [Cached("kinds:nullable-value:{id}", Ttl = 60)]
    public partial int? FindNumber(int id);

    private int? FindNumberCore(int id)
    {
        calls.Next();
        return id == 0 ? null : id;
    }

    [Cached("kinds:tuple:{id}", Ttl = 60)]
    public partial Task<(int Number, string? Text)> GetPairAsync(int id);

    private Task<(int Number, string? Text)> GetPairCoreAsync(int id) => Task.FromResult((calls.Next(), (string?)null));

    [Cached("kinds:array:{id}", Ttl = 60)]
    public partial int[] GetArray(int id);

    private int[] GetArrayCore(int id) => [calls.Next()];

    [Cached("kinds:big:{id}", Ttl = 60)]
    public partial decimal GetDecimal(int id);

    private decimal GetDecimalCore(int id) => calls.Next();

    [return: System.Diagnostics.CodeAnalysis.NotNull]
    [Cached("kinds:return-attribute:{id}", Ttl = 60)]
    public partial string? GetNotNull(int id);

    [return: System.Diagnostics.CodeAnalysis.NotNull]
    private string? GetNotNullCore(int id) => $"{calls.Next()}";

    [Cached("kinds:nested-null", Ttl = 60)]
    public partial Task<IReadOnlyDictionary<string, List<string?>?>> GetNestedAsync();

    private Task<IReadOnlyDictionary<string, List<string?>?>> GetNestedCoreAsync()
    {
        calls.Next();
        return Task.FromResult<IReadOnlyDictionary<string, List<string?>?>>(new Dictionary<string, List<string?>?>(StringComparer.Ordinal) { ["a"] = null });
    }
}

public sealed class ReturnKindTests : IDisposable
{
    private readonly Cache _cache = Cache.Create();
    private readonly Calls _calls = new();
    private readonly ReturnKinds _service;

    public ReturnKindTests() => _service = new ReturnKinds(_cache, _calls);

    [Fact]
    public void A_value() => Calls.Check(() => _service.Get(1), () => _service.Get(2), _service);

    [Fact]
    public Task A_task() => Calls.CheckAsync(() => _service.GetAsync(1), () => _service.GetAsync(2));

    [Fact]
    public async Task A_task_is_the_same_completed_task_on_every_hit()
    {
        await _service.GetAsync(1);
        Assert.Same(_service.GetAsync(1), _service.GetAsync(1));
    }

    [Fact]
    public Task A_value_task() => Calls.CheckAsync(() => _service.GetValueAsync(1).AsTask(), () => _service.GetValueAsync(2).AsTask());

    [Fact]
    public async Task A_nullable_reference()
    {
        Assert.Null(await _service.FindAsync(0));
        Assert.Null(await _service.FindAsync(0));
        Assert.Equal("1", await _service.FindAsync(1));
        Assert.Equal(3, _calls.Next());
    }

    [Fact]
    public void A_nullable_value()
    {
        Assert.Null(_service.FindNumber(0));
        Assert.Null(_service.FindNumber(0));
        Assert.Equal(1, _service.FindNumber(1));
        Assert.Equal(3, _calls.Next());
    }

    [Fact]
    public async Task A_named_tuple()
    {
        var first = await _service.GetPairAsync(1);
        Assert.Equal(first.Number, (await _service.GetPairAsync(1)).Number);
        Assert.Null(first.Text);
    }

    [Fact]
    public void An_array() => Assert.Same(_service.GetArray(1), _service.GetArray(1));

    [Fact]
    public void A_large_struct() => Assert.Equal(_service.GetDecimal(1), _service.GetDecimal(1));

    [Fact]
    public void With_an_attribute_on_the_return_value() => Assert.Same(_service.GetNotNull(1), _service.GetNotNull(1));

    [Fact]
    public async Task Nested_nullable_annotations() => Assert.Same(await _service.GetNestedAsync(), await _service.GetNestedAsync());

    public void Dispose() => _cache.Dispose();
}
