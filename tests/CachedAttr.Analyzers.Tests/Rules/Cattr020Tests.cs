namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The template or pattern is malformed.</summary>
public sealed class Cattr020Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"server:[|{nothing}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(@\"server:[|{nothing}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(\"\"\"server:[|{nothing}|]\"\"\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(\"a\\u003Ab:[|{nothing}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("const string Key = \"server:[|{nothing}|]\"; [Cached(Key, Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("const string Prefix = \"server\"; [Cached(Prefix + \":[|{nothing}|]:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("const string Prefix = \"server\"; [Cached((Prefix + \":\") + (@\"[|{nothing}|]\" + \":{id}\"), Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("const string Prefix = \"server\"; [Cached($\"{Prefix}:{{id}}:[|{{nothing}}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("const string Hole = \"[|{nothing}|]\"; [Cached($\"server:{{id}}:{Hole}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("static class Keys { public const string A = @\"server:[|{nothing}|]\", B = A; } [Cached(Keys.B + \":{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("const string A = \"server:{no\", B = \"thing}\"; [Cached([|A + B|], Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("const string A = \"server:{no\"; [Cached([|A + \"thing}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("const string A = \"server:\" + nameof(Version) + \":[|{nothing}|]\"; [Cached(A, Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(\"\"\"\n    server:[|{nothing}|]:{id}\n    \"\"\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(\"a\\x3Ab\\U0001F600:[|{nothing}|]:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached((\"server:[|{nothing}|]\"), Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(\"server:[|{id|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(\"{a}[|{b}|]\", Ttl = 60)] public partial int Get(int a, int b); int GetCore(int a, int b) => 0;")]
    [InlineData("[Cached(\"server:[|{id + 1}|]\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[InvalidateCache(\"fine:*\", \"server:[|{nothing}|]:*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[InvalidateCache(\"server:[|{result.Id}|]\", On = InvalidateOn.Before)] public partial Version Drop(int id); Version DropCore(int id) => null!;")]
    [InlineData("[InvalidateCache(\"x:*\"), CachePut(\"server:[|{nothing}|]\")] public partial int Set(int id); int SetCore(int id) => 0;")]
    [InlineData("[InvalidateCache([\"x:*\", \"server:[|{nothing}|]\"])] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[InvalidateCache(Tags = [\"x\", \"server:[|{nothing}|]\"])] public partial void Drop(int id); void DropCore(int id) { }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"server:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0;")]
    [InlineData("[Cached(\"{a}-{b}\", Ttl = 60)] public partial int Get(int a, int b); int GetCore(int a, int b) => 0;")]
    [InlineData("[Cached(\"v:{version.Major}\", Ttl = 60)] public partial int Get(Version version); int GetCore(Version version) => 0;")]
    [InlineData("[InvalidateCache(\"server:{id}:*\", \"list:[ab]?\\\\*\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[InvalidateCache(\"v:{result.Major}\")] public partial Version Next(); Version NextCore() => null!;")]
    [InlineData("[Cached(\"x:{at.Value.Year}:{at.HasValue}\", Ttl = 60)] public partial int Get(DateTime? at); int GetCore(DateTime? at) => 0;")]
    [InlineData("[InvalidateCache(\"x:{item.Length}\")] public partial void Drop<T>(T item) where T : IHasLength; void DropCore<T>(T item) where T : IHasLength { } public interface IHasLength { int Length { get; } }")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
