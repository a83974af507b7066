namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>Cached values need a time to live.</summary>
public sealed class Cattr001Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[[|Cached|]] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[[|Cached(\"server:{id}\")|]] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[[|Cached(\"server\", Ttl = double.PositiveInfinity)|]] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[[|Cached(NullTtl = 60)|]] public partial string? Find(int id); string? FindCore(int id) => null;")]
    [InlineData("const double Forever = 1 / 0.0; [[|Cached(Ttl = Forever)|]] public partial int Get(); int GetCore() => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Policy = \"short\")] public partial int Get(); int GetCore() => 0;")]
    [InlineData("const int Hour = 60 * 60; [Cached(Ttl = 2 * Hour)] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(\"server\", Ttl = 0.5)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[InvalidateCache(\"server:*\")] public partial void Drop(); void DropCore() { }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
