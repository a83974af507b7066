namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The result cannot leave the process.</summary>
public sealed class Cattr040Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial Lazy<int> [|Get|](); Lazy<int> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<Func<int>> [|Get|](); Task<Func<int>> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial object [|Get|](); object GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial Page [|Get|](); Page GetCore() => default!; public sealed record Page(IReadOnlyList<Item> Items); public sealed record Item(string Name, Type Kind);")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<T> [|GetAsync|]<T>(); Task<T> GetCoreAsync<T>() => null!;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial string Get(); string GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<IReadOnlyList<int>> Get(); Task<IReadOnlyList<int>> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial Page Get(); Page GetCore() => default!; public sealed record Page(IReadOnlyList<Item> Items); public sealed record Item(string Name, Guid Id);")]
    [InlineData("[Cached(Ttl = 60)] public partial (int, DateTime) Get(); (int, DateTime) GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial byte[] Get(); byte[] GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60, Tiers = CacheTiers.Local)] public partial Lazy<int> Get(); Lazy<int> GetCore() => default!; ")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Fact]
    public async Task The_message_shows_the_path()
    {
        var messages = await ReportsAsync(
            "public sealed record Page<T>(IReadOnlyList<T> Items); public sealed record Server(Owner Owner); public sealed record Owner(Lazy<string> Name); "
            + "public partial class S { [Cached(Ttl = 60)] public partial Page<Server> [|Get|](); Page<Server> GetCore() => null!; }");
        Assert.Contains("Items[].Owner.Name", Assert.Single(messages), StringComparison.Ordinal);
    }
}
