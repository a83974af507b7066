namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The cache cannot be reached.</summary>
public sealed class Cattr016Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("public partial class S(Cache cache) { [Cached(Ttl = 60)] public partial int Get(string [|cache|]); int GetCore(string cache) => 0; }")]
    [InlineData("public partial class S(Cache store, int size) { [Cached(Ttl = 60)] public partial int Get(int [|store|]); int GetCore(int store) => size; }")]
    [InlineData("public partial class S(Cache cache) { [InvalidateCache(\"x\")] public partial void Drop(int [|cache|]); void DropCore(int cache) { } }")]
    [InlineData("public partial struct S(Cache c) { [Cached(Ttl = 60)] public partial int Get(Guid id, int [|c|]); int GetCore(Guid id, int c) => 0; }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(source);

    [Theory]
    [InlineData("public partial class S(Cache cache) { private readonly Cache _cache = cache; [Cached(Ttl = 60)] public partial int Get(string cache); int GetCore(string cache) => 0; }")]
    [InlineData("public partial class S(Cache store, int size) { [Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id) => size; }")]
    [InlineData("public partial class S(Cache cache) { [Cached(Ttl = 60)] public static partial int Get(string cache); static int GetCore(string cache) => 0; }")]
    [InlineData("public partial class S { private readonly Cache cache = Cache.Default; [Cached(Ttl = 60)] public partial int Get(string cache); int GetCore(string cache) => 0; }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(source);
}
