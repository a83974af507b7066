namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The type of such a method is partial.</summary>
public sealed class Cattr011Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("public class Service { [Cached(Ttl = 60)] public partial int [|Get|](); int GetCore() => 0; }")]
    [InlineData("public class Outer { partial class Service { [Cached(Ttl = 60)] public partial int [|Get|](); int GetCore() => 0; } }")]
    [InlineData("file partial class Service { [Cached(Ttl = 60)] public partial int [|Get|](); int GetCore() => 0; }")]
    [InlineData("public sealed record Service(Cache Cache) { [InvalidateCache(\"x\")] public partial void [|Drop|](); void DropCore() { } }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(source);

    [Theory]
    [InlineData("public partial class Service { [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; }")]
    [InlineData("public partial class Outer { private partial class Service { [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; } }")]
    [InlineData("public sealed partial record Service(Cache Cache) { [InvalidateCache(\"x\")] public partial void Drop(); void DropCore() { } }")]
    [InlineData("public readonly partial struct Service { [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(source);
}
