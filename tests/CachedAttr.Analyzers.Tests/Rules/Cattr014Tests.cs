namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The parameter cannot be part of a cached call.</summary>
public sealed class Cattr014Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(ref int [|id|]); int GetCore(ref int id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial bool TryGet(int id, out string [|name|]); bool TryGetCore(int id, out string name) { name = \"\"; return true; }")]
    [InlineData("[Cached(Ttl = 60)] public partial int Count(ReadOnlySpan<char> [|text|]); int CountCore(ReadOnlySpan<char> text) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public unsafe partial int Sum(int* [|numbers|]); unsafe int SumCore(int* numbers) => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(in int id); int GetCore(in int id) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial int Count(string text); int CountCore(string text) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial int Sum(params int[] numbers); int SumCore(int[] numbers) => 0;")]
    [InlineData("[InvalidateCache(\"x\")] public partial void Drop(out int count); void DropCore(out int count) { count = 0; }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
