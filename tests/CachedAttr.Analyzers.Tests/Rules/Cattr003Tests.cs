namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A number of the attribute is out of range.</summary>
public sealed class Cattr003Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = [|0|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = [|60 * -1|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = [|double.NaN|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60, NullTtl = [|-0.5|])] public partial string? Find(); string? FindCore() => null;")]
    [InlineData("[Cached(Ttl = 60, LocalCapacity = [|0|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60, Tiers = [|(CacheTiers)8|])] public partial int Get(); int GetCore() => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 0.001)] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60, NullTtl = 0)] public partial string? Find(); string? FindCore() => null;")]
    [InlineData("[Cached(Ttl = 60, LocalCapacity = 1)] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60, Tiers = CacheTiers.Local | CacheTiers.Backend)] public partial int Get(); int GetCore() => 0;")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Theory]
    [InlineData("Ttl = [|-1|]", "Ttl = -1 is out of range: it is a number of seconds, more than 0 and finite")]
    [InlineData("Ttl = 60, NullTtl = [|-1|]", "NullTtl = -1 is out of range: it is a number of seconds, 0 or more and finite")]
    [InlineData("Ttl = 60, RefreshAhead = [|1.5|]", "RefreshAhead = 1.5 is out of range: it is a part of Ttl, more than 0 and less than 1")]
    [InlineData("Ttl = 60, LocalCapacity = [|0|]", "LocalCapacity = 0 is out of range: it is a number of entries, at least 1")]
    public async Task The_message_says_what_is_allowed(string settings, string message) =>
        Assert.Equal(message, Assert.Single(await ReportsAsync(Service($"[Cached({settings})] public partial Task<string?> GetAsync(); Task<string?> GetCoreAsync() => null!;"))));
}
