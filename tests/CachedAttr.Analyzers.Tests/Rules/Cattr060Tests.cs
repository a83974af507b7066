using CachedAttr.Analyzers.Loaders;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The Core of a method is called directly.</summary>
public sealed class Cattr060Tests : RuleTests<LoaderCallAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id) => null!; Task<int> Twice(int id) => [|GetCoreAsync|](id);")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id) => null!; Task<int> Twice(int id) => this.[|GetCoreAsync|](id);")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id) => null!; Func<int, Task<int>> Loader() => [|GetCoreAsync|];")]
    [InlineData("[InvalidateCache(\"x:*\")] public partial void Drop(int id); void DropCore(int id) { } void All() { for (int i = 0; i < 9; i++) [|DropCore|](i); }")]
    [InlineData("[Cached(Ttl = 60)] public partial int Sum(int a); internal int SumCore(int a) => a; sealed class Other(Service service) { int Get() => service.[|SumCore|](1); }")]
    [InlineData("[Cached(Ttl = 60)] public static partial T Get<T>(int id) where T : struct; static T GetCore<T>(int id) where T : struct => default; int Both() => [|GetCore<int>|](1);")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id) => null!; Task<int[]> All(int[] ids) => Task.WhenAll(ids.Select(id => [|GetCoreAsync|](id)));")]
    [InlineData("[CachePut(\"x:{id}\")] public partial int Set(int id); int SetCore(int id) => 0; int Two(int id) => [|SetCore|](id);")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id, CacheEntryContext<int> entry) => null!; Task<int> Two(int id) => [|GetCoreAsync|](id, new());")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id) => null!; Task<int> Twice(int id) => GetAsync(id);")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial Task<int> GetAsync(int id); Task<int> GetCoreAsync(int id) => null!; string Name() => nameof(GetCoreAsync);")]
    [InlineData("int RunCore() => 1; int Run() => RunCore();")]
    [InlineData("[Cached(Ttl = 60)] public partial long Fibonacci(int n); long FibonacciCore(int n) => n < 2 ? n : FibonacciCore(n - 1) + FibonacciCore(n - 2);")]
    [InlineData("[Cached(Ttl = 60)] public partial int Sum(int a); int SumCore(int a) => a; int SumCore(int a, int b) => a + b; int Both() => SumCore(1, 2);")]
    [InlineData("[Cached(Ttl = 60, Loader = nameof(Load))] public partial int Sum(int a); int Load(int a) => SumCore(a); int SumCore(int a) => a;")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Fact]
    public async Task The_base_may_be_called_by_what_overrides_it() => await IsSilentAsync(
        "public partial class A { [Cached(\"a:{id}\", Ttl = 60)] public virtual partial int Get(int id); protected virtual int GetCore(int id) => id; } "
        + "public partial class B : A { protected override int GetCore(int id) => base.GetCore(id) + 1; }");

    [Fact]
    public async Task The_message_says_what_is_gone_past()
    {
        var cached = await ReportsAsync(Service("[Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; int Two(int id) => [|GetCore|](id);"));
        var invalidating = await ReportsAsync(Service("[InvalidateCache(\"x\")] public partial void Set(int id); void SetCore(int id) { } void Two(int id) => [|SetCore|](id);"));
        Assert.Equal("'GetCore' goes past the cache: call 'Get'", Assert.Single(cached));
        Assert.Equal("'SetCore' goes past the invalidation, so old values stay: call 'Set'", Assert.Single(invalidating));
    }
}
