using CachedAttr.Analyzers.KeySpaces;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>Two methods can produce the same key.</summary>
public sealed class Cattr023Tests : RuleTests<KeyCollisionAnalyzer>
{
    [Theory]
    [InlineData("a:{id}", "int id", "[|\"a:{name}\"|]", "string name", "a:0")]
    [InlineData("a:{x}:b", "string x", "[|\"a:c:{y}\"|]", "string y", "a:c:b")]
    [InlineData("{tenant}:orders", "string tenant", "[|\"shop:{list}\"|]", "string list", "shop:orders")]
    [InlineData("a:all", "", "[|\"a:{name}\"|]", "string name", "a:all")]
    [InlineData("{x}-{y}", "string x, string y", "[|\"{day}\"|]", "string day", "a-a")]
    [InlineData("f:{on}", "bool on", "[|\"f:true\"|]", "", "f:true")]
    [InlineData("c:{color}", "ConsoleColor color", "[|\"c:Red\"|]", "", "c:Red")]
    [InlineData("d:{day:yyyy-MM-dd}", "DateOnly day", "[|\"d:{text}\"|]", "string text", "d:1111-11-11")]
    [InlineData("t:{time}", "TimeOnly time", "[|\"t:{text}\"|]", "string text", "t:11%3A11%3A11.1111111")]
    [InlineData("n:{id}", "int? id", "[|\"n:{name}\"|]", "string? name", "n:0")]
    [InlineData("p", "int id", "[|\"p:{x}\"|]", "long x", "p:0")]
    [InlineData("h:{filter}", "Version filter", "[|\"h:{text}\"|]", "string text", "h:aaaaaaaaaaaaaaaaaaaaaa")]
    public async Task It_is_reported_with_a_key_of_both(string first, string firstParameters, string second, string secondParameters, string example)
    {
        var messages = await ReportsAsync(Service(
            $"[Cached(\"{first}\", Ttl = 60)] public partial string First({firstParameters}); string FirstCore({firstParameters}) => \"\"; "
            + $"[Cached({second}, Ttl = 60)] public partial string Second({secondParameters}); string SecondCore({secondParameters}) => \"\";"));
        Assert.Contains($"can both produce the key '{example}'", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a:{id}", "int id", "a:all", "")]
    [InlineData("a:{id}", "int id", "a:007", "")]
    [InlineData("a:{id}", "int id", "b:{id}", "int id")]
    [InlineData("a:{id}", "string id", "a:{id}:b", "string id")]
    [InlineData("{x}:{y}", "string x, string y", "{x}-{y}", "string x, string y")]
    [InlineData("a-{x}", "string x", "a:{x}", "string x")]
    [InlineData("f:{on}", "bool on", "f:{id}", "int id")]
    [InlineData("c:{color}", "ConsoleColor color", "c:Purple", "")]
    [InlineData("d:{day}", "DateOnly day", "d:{time}", "TimeOnly time")]
    [InlineData("g:{id}", "Guid id", "g:{id}", "int id")]
    [InlineData("u:{id}", "uint id", "u:-1", "")]
    [InlineData("h:{filter}", "Version filter", "h:{id}", "Guid id")]
    public async Task It_is_silent_where_keys_never_meet(string first, string firstParameters, string second, string secondParameters) =>
        await IsSilentAsync(Service(
            $"[Cached(\"{first}\", Ttl = 60)] public partial string First({firstParameters}); string FirstCore({firstParameters}) => \"\"; "
            + $"[Cached(\"{second}\", Ttl = 60)] public partial string Second({secondParameters}); string SecondCore({secondParameters}) => \"\";"));

    [Fact]
    public async Task Overloads_share_the_default_key()
    {
        var messages = await ReportsAsync(Service(
            "[Cached(Ttl = 60)] public partial string Get(int id); string GetCore(int id) => \"\"; "
            + "[[|Cached(Ttl = 60)|]] public partial string Get(string name); string GetCore(string name) => \"\";"));
        Assert.Equal("'Service.Get(int)' and 'Service.Get(string)' can both produce the key 'Service.Get:0', so one can be given the other's value: begin their templates differently", Assert.Single(messages));
    }

    [Fact]
    public async Task Types_of_one_name_in_two_namespaces_share_the_default_key() => await ReportsAsync(
        "namespace A { public partial class Users { [Cached(Ttl = 60)] public partial string Get(int id); string GetCore(int id) => \"\"; } } "
        + "namespace B { public partial class Users { [[|Cached(Ttl = 60)|]] public partial string Get(int id); string GetCore(int id) => \"\"; } }");

    [Fact]
    public async Task Type_arguments_are_part_of_the_key()
    {
        await IsSilentAsync(
            "public partial class Table<T> { [Cached(\"row:{id}\", Ttl = 60)] public partial string Get(int id); string GetCore(int id) => \"\"; } "
            + "public partial class Users { [Cached(\"row:{id}\", Ttl = 60)] public partial string Get(int id); string GetCore(int id) => \"\"; }");
        await ReportsAsync(
            "public partial class Table<T> { [Cached(\"row:{id}\", Ttl = 60)] public partial string Get(int id); string GetCore(int id) => \"\"; } "
            + "public partial class Users { [Cached([|\"row:{id}:{name}\"|], Ttl = 60)] public partial string Get(int id, string name); string GetCore(int id, string name) => \"\"; }");
    }

    [Fact]
    public async Task A_key_of_the_users_code_can_be_anything() => await ReportsAsync(Service(
        "[Cached(\"x\", Ttl = 60, KeyBuilder = nameof(Key))] public partial string First(int id); string FirstCore(int id) => \"\"; static string Key(int id) => id.ToString(); "
        + "[Cached([|\"x:{id}:y\"|], Ttl = 60)] public partial string Second(int id); string SecondCore(int id) => \"\";"));

    [Theory]
    [InlineData("[Cached(\"a:{id}\", Ttl = 60)] public partial string Get(int id); string GetCore(int id) => \"\"; [Cached(\"a:{id}\", Ttl = 60)] public partial Task<string> GetAsync(int id, CancellationToken ct); Task<string> GetCoreAsync(int id, CancellationToken ct) => null!;")]
    [InlineData("[Cached(\"a:{id}\", Ttl = 60)] public partial string Get(int id); string GetCore(int id) => \"\"; [InvalidateCache(\"a:{id}\")] public partial void Drop(int id); void DropCore(int id) { }")]
    [InlineData("[Cached(\"a:{id}\", Ttl = 60)] public partial string? Get(int id); string? GetCore(int id) => null; [Cached(\"a:{ids}\", Ttl = 60)] public partial IReadOnlyDictionary<int, string> GetMany(int[] ids); IReadOnlyDictionary<int, string> GetManyCore(int[] ids) => null!;")]
    public async Task The_same_question_may_have_one_key(string members) => await IsSilentAsync(Service(members));

    [Theory]
    [InlineData("Cache = \"a\"", "Cache = \"b\"", false)]
    [InlineData("Cache = \"a\"", "Cache = \"a\"", true)]
    [InlineData("Cache = \"a\"", "NullTtl = 1", false)]
    public async Task Entries_of_two_caches_never_meet(string first, string second, bool isReported)
    {
        string mark = isReported ? "[|\"x:{name}\"|]" : "\"x:{name}\"";
        string source = "public partial class Service(Cache a, Cache b) { "
            + $"[Cached(\"x:{{id}}\", Ttl = 60, {first})] public partial string? First(int id); string? FirstCore(int id) => a.ToString() + b; "
            + $"[Cached({mark}, Ttl = 60, {second})] public partial string? Second(string name); string? SecondCore(string name) => null; }}";
        await (isReported ? ReportsAsync(source) : IsSilentAsync(source));
    }

    [Fact]
    public async Task An_override_has_the_key_of_what_it_overrides() => await IsSilentAsync(
        "public partial class A { [Cached(\"a:{id}\", Ttl = 60)] public virtual partial string Get(int id); string GetCore(int id) => \"\"; } "
        + "public partial class B : A { [Cached(\"a:{id}\", Ttl = 60)] public override partial string Get(int id); string GetCore(int id) => \"\"; }");

    [Theory]
    [InlineData("public", "int", "lib:{id}", "int", false, true)]
    [InlineData("public", "int", "lib:all", "", true, false)]
    [InlineData("internal", "int", "lib:all", "", true, true)]
    [InlineData("internal", "int", "other:{id}", "int", false, false)]
    public async Task Methods_of_referenced_assemblies_count(string access, string type, string template, string ownType, bool isConstant, bool isReported)
    {
        var library = SourceProject.Of($"namespace Lib; public partial class Items {{ [Cached(\"lib:{{id}}\", Ttl = 60)] {access} partial string Get({type} id); string GetCore({type} id) => \"\"; }}")
            with { Name = "Library" };
        var reference = Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(library.Generate().Emit());
        string parameters = isConstant ? "" : ownType + " id";
        var project = SourceProject.Of(Service($"[Cached(\"{template}\", Ttl = 60)] public partial string Own({parameters}); string OwnCore({parameters}) => \"\";")) with { References = [reference] };
        var found = await Verify.DiagnosticsAsync(project, new KeyCollisionAnalyzer());
        Assert.Equal(isReported ? ["CATTR023"] : [], found.Select(diagnostic => diagnostic.Id));
        Assert.All(found, diagnostic => Assert.Contains("Items.Get", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
