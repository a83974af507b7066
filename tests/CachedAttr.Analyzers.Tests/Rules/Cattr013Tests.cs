namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The result cannot be cached.</summary>
public sealed class Cattr013Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial Stream [|Get|](); Stream GetCore() => null!;")]
    [InlineData("[Cached(Ttl = 60)] public partial void [|Get|](); void GetCore() { }")]
    [InlineData("[Cached(Ttl = 60)] public partial Task [|GetAsync|](); Task GetCoreAsync() => null!;")]
    [InlineData("[Cached(Ttl = 60)] public partial IAsyncEnumerable<int> [|List|](); IAsyncEnumerable<int> ListCore() => null!;")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<IQueryable<string>> [|ListAsync|](); Task<IQueryable<string>> ListCoreAsync() => null!;")]
    [InlineData("[Cached(Ttl = 60)] public partial Span<int> [|Get|](); Span<int> GetCore() => default;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial ReadOnlyMemory<byte> Get(); ReadOnlyMemory<byte> GetCore() => default;")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<string?> GetAsync(); Task<string?> GetCoreAsync() => null!;")]
    [InlineData("[Cached(Ttl = 60)] public partial ValueTask<IReadOnlyList<int>> ListAsync(); ValueTask<IReadOnlyList<int>> ListCoreAsync() => default;")]
    [InlineData("[InvalidateCache(\"x\")] public partial Task DropAsync(); Task DropCoreAsync() => null!;")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
