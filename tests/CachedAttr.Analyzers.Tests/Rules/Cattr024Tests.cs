using CachedAttr.Analyzers.Keys;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>Different arguments are written alike.</summary>
public sealed class Cattr024Tests : RuleTests<KeyTemplateAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"a:[|{x:yyyy-MM-dd}|]\", Ttl = 60)] public partial string Get(DateTime x); string GetCore(DateTime x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:yy-MM-dd}|]\", Ttl = 60)] public partial string Get(DateOnly x); string GetCore(DateOnly x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:HH-mm}|]\", Ttl = 60)] public partial string Get(TimeOnly x); string GetCore(TimeOnly x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:F2}|]\", Ttl = 60)] public partial string Get(decimal x); string GetCore(decimal x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:0.0}|]\", Ttl = 60)] public partial string Get(double x); string GetCore(double x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:E3}|]\", Ttl = 60)] public partial string Get(int x); string GetCore(int x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:0,}|]\", Ttl = 60)] public partial string Get(long x); string GetCore(long x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:M}|]\", Ttl = 60)] public partial string Get(DateOnly x); string GetCore(DateOnly x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:s}|]\", Ttl = 60)] public partial string Get(DateTimeOffset x); string GetCore(DateTimeOffset x) => \"\";")]
    [InlineData("[Cached(\"a:[|{x:hh\\\\.mm}|]\", Ttl = 60)] public partial string Get(TimeSpan x); string GetCore(TimeSpan x) => \"\";")]
    [InlineData("[Cached($\"a:[|{nameof(x)}|]\", Ttl = 60)] public partial string Get(int x); string GetCore(int x) => \"\";")]
    [InlineData("[InvalidateCache($\"a:[|{nameof(x)}|]:*\")] public partial void Drop(int x); void DropCore(int x) { }")]
    [InlineData("[Cached(\"a\", Ttl = 60, KeyBuilder = nameof(Key))] public partial string Get(int x, int y); string GetCore(int x, int y) => \"\"; static string Key(int x, int y) => $\"{x}[|{y}|]\";")]
    [InlineData("[Cached(\"a\", Ttl = 60, KeyBuilder = nameof(Key))] public partial string Get(DateTime x); string GetCore(DateTime x) => \"\"; static string Key(DateTime x) { return $\"at-[|{x:HH}|]\"; }")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"a:{x:yyyy-MM-dd}\", Ttl = 60)] public partial string Get(DateOnly x); string GetCore(DateOnly x) => \"\";")]
    [InlineData("[Cached(\"a:{x:O}\", Ttl = 60)] public partial string Get(DateTime x); string GetCore(DateTime x) => \"\";")]
    [InlineData("[Cached(\"a:{x:D5}\", Ttl = 60)] public partial string Get(int x); string GetCore(int x) => \"\";")]
    [InlineData("[Cached(\"a:{x:X}\", Ttl = 60)] public partial string Get(long x); string GetCore(long x) => \"\";")]
    [InlineData("[Cached(\"a:{x:N}\", Ttl = 60)] public partial string Get(Guid x); string GetCore(Guid x) => \"\";")]
    [InlineData("[Cached(\"a:{x:R}\", Ttl = 60)] public partial string Get(double x); string GetCore(double x) => \"\";")]
    [InlineData("[Cached(\"a:{x:G17}\", Ttl = 60)] public partial string Get(double x); string GetCore(double x) => \"\";")]
    [InlineData("[Cached(\"a:{x:HH-mm-ss.fffffff}\", Ttl = 60)] public partial string Get(TimeOnly x); string GetCore(TimeOnly x) => \"\";")]
    [InlineData("[Cached(\"a:{x:c}\", Ttl = 60)] public partial string Get(TimeSpan x); string GetCore(TimeSpan x) => \"\";")]
    [InlineData("[Cached(\"a:{x:D}\", Ttl = 60)] public partial string Get(ConsoleColor x); string GetCore(ConsoleColor x) => \"\";")]
    [InlineData("[Cached(\"a:{x:000}\", Ttl = 60)] public partial string Get(int x); string GetCore(int x) => \"\";")]
    [InlineData("[Cached($\"a:{{{nameof(x)}}}\", Ttl = 60)] public partial string Get(int x); string GetCore(int x) => \"\";")]
    [InlineData("const string Prefix = \"a\"; [Cached($\"{Prefix}:{{x}}\", Ttl = 60)] public partial string Get(int x); string GetCore(int x) => \"\";")]
    [InlineData("[Cached(\"a\", Ttl = 60, KeyBuilder = nameof(Key))] public partial string Get(int x, int y); string GetCore(int x, int y) => \"\"; static string Key(int x, int y) => $\"{x}:{y}\";")]
    [InlineData("[Cached(\"a\", Ttl = 60, KeyBuilder = nameof(Key))] public partial string Get(Guid x, int y); string GetCore(Guid x, int y) => \"\"; static string Key(Guid x, int y) => $\"{x}{y}\";")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));
}
