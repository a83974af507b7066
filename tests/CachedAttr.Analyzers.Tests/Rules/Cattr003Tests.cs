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
}
