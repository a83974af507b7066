using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Tests.Parsing;

public sealed class CachedMethodParserTests
{
    [Theory]
    [InlineData("[Cached] public partial void Get(); void GetCore() { }", RuleIds.ReturnTypeNotCacheable)]
    [InlineData("[Cached] public partial Task GetAsync(); Task GetCoreAsync() => null!;", RuleIds.ReturnTypeNotCacheable)]
    [InlineData("[Cached] public partial Stream Get(); Stream GetCore() => null!;", RuleIds.ReturnTypeNotCacheable)]
    [InlineData("[Cached] public partial Span<int> Get(); Span<int> GetCore() => default;", RuleIds.ReturnTypeNotCacheable)]
    [InlineData("[Cached] public partial IAsyncEnumerable<int> Get(); IAsyncEnumerable<int> GetCore() => null!;", RuleIds.ReturnTypeNotCacheable)]
    [InlineData("[Cached] public partial IQueryable<int> Get(); IQueryable<int> GetCore() => null!;", RuleIds.ReturnTypeNotCacheable)]
    [InlineData("[Cached] public partial int Get(ref int id); int GetCore(ref int id) => 0;", RuleIds.ParameterNotCacheable)]
    [InlineData("[Cached] public partial int Get(ReadOnlySpan<char> id); int GetCore(ReadOnlySpan<char> id) => 0;", RuleIds.ParameterNotCacheable)]
    [InlineData("[Cached] public partial int Get(int id);", RuleIds.NoLoader)]
    [InlineData("[Cached] public partial int Get(int id); int GetCore(long id) => 0;", RuleIds.NoLoader)]
    [InlineData("[Cached] public partial int Get(int id); long GetCore(int id) => 0;", RuleIds.NoLoader)]
    [InlineData("[Cached] public static partial int Get(int id); int GetCore(int id) => 0;", RuleIds.NoLoader)]
    [InlineData("[Cached(Loader = \"Load\")] public partial int Get(int id); int GetCore(int id) => 0;", RuleIds.NoLoader)]
    [InlineData("[Cached(Ttl = 0)] public partial int Get(); int GetCore() => 0;", RuleIds.NumberOutOfRange)]
    [InlineData("[Cached(Ttl = double.NaN)] public partial int Get(); int GetCore() => 0;", RuleIds.NumberOutOfRange)]
    [InlineData("[Cached(When = \"No\")] public partial int Get(); int GetCore() => 0;", RuleIds.NoSuchMethod)]
    [InlineData("[Cached(When = \"No\")] public partial int Get(); int GetCore() => 0; bool No(int x) => true;", RuleIds.NoSuchMethod)]
    [InlineData("[Cached(Unless = \"No\")] public partial int Get(); int GetCore() => 0; bool No() => true;", RuleIds.NoSuchMethod)]
    [InlineData("[Cached, InvalidateCache(\"x\")] public partial int Get(); int GetCore() => 0;", RuleIds.ConflictingAttributes)]
    public void What_cannot_be_cached_has_a_problem_and_no_model(string members, string rule)
    {
        var parsed = Parse("public partial class Service { " + members + " }");
        Assert.Null(parsed.Model);
        Assert.Equal(rule, Assert.Single(parsed.Problems.Select(problem => problem.Rule).Distinct()));
    }

    [Fact]
    public void A_type_around_the_method_has_to_be_partial()
    {
        var parsed = Parse("class Outer { partial class Service { [Cached] public partial int Get(); int GetCore() => 0; } }");
        Assert.Equal(RuleIds.TypeNotPartial, Assert.Single(parsed.Problems).Rule);
    }

    [Theory]
    [InlineData("public partial class Service(Cache cache) {", "cache")]
    [InlineData("public partial class Service(Cache cache) { private readonly Cache _store = cache;", "_store")]
    [InlineData("public class Base { protected Cache Store { get; } = null!; } public partial class Service : Base {", "Store")]
    [InlineData("public class Base { private Cache Store { get; } = null!; } public partial class Service : Base {", "global::CachedAttr.Cache.Default")]
    [InlineData("public partial class Service { private Cache? _store;", "(_store ?? global::CachedAttr.Cache.Default)")]
    [InlineData("public partial class Service { private Cache id = null!;", "this.id")]
    [InlineData("public partial class Service {", "global::CachedAttr.Cache.Default")]
    public void The_cache_is_found_as_a_logger_would_be(string type, string expression) =>
        Assert.Equal(expression, Parse(type + " [Cached] public partial int Get(int id); int GetCore(int id) => 0; }").Model?.Method.CacheExpression);

    private static Parsed<CachedAttr.Generators.Model.CachedMethodModel> Parse(string source)
    {
        var context = TestCompilation.ContextOf(source);
        return CachedMethodParser.Parse(context, context.Method.FindAttribute("CachedAttribute")!);
    }
}
