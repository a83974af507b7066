namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The named method is missing or of another shape.</summary>
public sealed class Cattr015Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = 60, When = [|\"No\"|])] public partial int Get(); int GetCore() => 0;")]
    [InlineData("[Cached(Ttl = 60, Unless = [|nameof(No)|])] public partial int Get(); int GetCore() => 0; bool No() => true;")]
    [InlineData("[Cached(Ttl = 60, When = [|nameof(IsDay)|])] public partial int Get(int id); int GetCore(int id) => 0; bool IsDay(string name) => true;")]
    [InlineData("[Cached(\"x\", Ttl = 60, KeyBuilder = [|nameof(Key)|])] public partial int Get(int id); int GetCore(int id) => 0; static int Key(int id) => id;")]
    [InlineData("[InvalidateCache(Method = [|\"Gone\"|])] public partial void Drop(); void DropCore() { }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60, When = nameof(IsDay))] public partial int Get(int id); int GetCore(int id) => 0; bool IsDay(int id) => true;")]
    [InlineData("[Cached(Ttl = 60, Unless = nameof(IsZero))] public partial int Get(); int GetCore() => 0; static bool IsZero(int result) => result == 0;")]
    [InlineData("[Cached(\"x\", Ttl = 60, KeyBuilder = nameof(Key))] public partial int Get(int id); int GetCore(int id) => 0; static string Key(int id) => id.ToString();")]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; [InvalidateCache(Method = nameof(Get))] public partial void Drop(int id); void DropCore(int id) { }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
