namespace CachedAttr.Generators.Tests.Running;

/// <summary>Key templates: default, prefix, holes with members and formats, builders.</summary>
public sealed class TemplateShapes
{
    private const string Types = """
        public sealed record Address(string? City, Kind Kind);
        public record User(int Id, string Name, Address? Address = null, Point? Place = null);
        public readonly record struct Point(int X, DateTime At);
        public enum Kind { Home, Work }
        public interface IHasId { int Id { get; } }
        public interface IEntity : IHasId { string Name { get; } }
        public sealed record Entity(int Id, string Name) : IEntity;
        """;

    /// <summary>Template, parameters, arguments, and what the key is then.</summary>
    [Theory]
    [InlineData("", "int id, string name", "1, \"a\"", "Service.Get:1:a")]
    [InlineData("", "", "", "Service.Get")]
    [InlineData("x", "int id, string name", "1, \"a\"", "x:1:a")]
    [InlineData("x:", "int id, string name", "1, \"a\"", "x:1:a")]
    [InlineData("x-", "int id", "1", "x-1")]
    [InlineData("x/{id}", "int id", "1", "x/1")]
    [InlineData("{id}", "int id", "1", "1")]
    [InlineData("{a}:{b}", "string? a, string? b", "null, \"\"", "%n:%e")]
    [InlineData("{b}:x:{a}", "int a, int b", "1, 2", "2:x:1")]
    [InlineData("{a}:{a}", "int a", "1", "1:1")]
    [InlineData("x:{at:HH:mm}", "TimeOnly at", "new(8, 30)", "x:08%3A30")]
    [InlineData("{a}-{b}", "string a, string b", "\"x-y\", \"z-w\"", "x%2Dy-z-w")]
    [InlineData("x:{day:yyyy-MM-dd}", "DateTime day", "new DateTime(2026, 3, 4, 5, 6, 7)", "x:2026-03-04")]
    [InlineData("x:{day:yyyy}:{day:MM}:{day}", "DateOnly day", "new DateOnly(2026, 3, 4)", "x:2026:03:2026-03-04")]
    [InlineData("x:{id:N}", "Guid id", "new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)", "x:00000001000200030405060708090a0b")]
    [InlineData("x:{n:D5}", "int n", "42", "x:00042")]
    [InlineData("x:{n:0.00}", "decimal? n", "1.5m", "x:1.50")]
    [InlineData("x:{n:0.00}", "decimal? n", "null", "x:%n")]
    [InlineData("x:{kind:D}", "DayOfWeek kind", "DayOfWeek.Friday", "x:5")]
    [InlineData("x:{kind}", "DayOfWeek kind", "DayOfWeek.Friday", "x:5", "x:Friday")]
    [InlineData("x:{user.Id}", "User user", "new(7, \"a\")", "x:7")]
    [InlineData("x:{user.Id}", "User? user", "null", "x:%n")]
    [InlineData("x:{user.Address.City}:{user.Address.Kind}", "User user", "new(7, \"a\")", "x:%n:%n")]
    [InlineData("x:{user.Address.City}", "User user", "new(7, \"a\", new(\"Oslo\", Kind.Work))", "x:Oslo")]
    [InlineData("x:{user.Place.X}:{user.Place.At:yyyy}", "User user", "new(7, \"a\", null, new(3, new DateTime(2026, 1, 1)))", "x:3:2026")]
    [InlineData("x:{user.Id}:{userId}", "User user, int userId", "new(7, \"a\"), 8", "x:7:8")]
    [InlineData("x:{entity.Id}:{entity.Name}", "IEntity entity", "new Entity(7, \"a\")", "x:7:a")]
    [InlineData("x:{pair.Id}:{pair.Name}", "(int Id, string Name) pair", "(1, \"a\")", "x:1:a")]
    [InlineData("x:{text.Length}", "string text", "\"abc\"", "x:3")]
    [InlineData("x:{when.Year}", "DateTime? when", "new DateTime(2026, 1, 1)", "x:2026")]
    [InlineData("x:{when.Value.Year}", "DateTime? when", "new DateTime(2026, 1, 1)", "x:2026")]
    [InlineData("x:{when.Value.Year}:{when.HasValue}", "DateTime? when", "null", "x:%n:false")]
    [InlineData("x:{user.Place.Value.X}", "User user", "new(7, \"a\", null, new(3, default))", "x:3")]
    [InlineData("x:{list.Count}", "List<int> list", "[1, 2]", "x:2")]
    [InlineData("x:{class}", "int @class", "1", "x:1")]
    [InlineData("\\\"quoted\\\"-\\u00e4-ü-'<&>/@$#:{id}", "int id", "1", "\"quoted\"-ä-ü-'<&>/@$#:1")]
    public Task A_template(string template, string parameters, string arguments, string key, string? orKey = null) => Shape.RunAsync(
        $$"""
        {{Types}}

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached({{(template.Length == 0 ? "" : $"\"{template}\", ")}}Ttl = 60)]
            public partial int Get({{parameters}});

            private int GetCore({{parameters}}) => calls.Next();
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        int first = service.Get({{arguments}});
        Assert.Equal(first, service.Get({{arguments}}));
        var keys = new List<string>();
        await foreach (string key in cache.KeysAsync())
            keys.Add(key);
        string only = Assert.Single(keys);
        Assert.Contains(only, new[] { {{Quote(key)}}, {{Quote(orKey ?? key)}} });
        Assert.Equal(first, await cache.GetAsync<int>(only));
        await cache.RemoveAsync(only);
        Assert.NotEqual(first, service.Get({{arguments}}));
        """);

    [Fact]
    public Task Members_of_the_class() => Shape.RunAsync(
        """
        namespace Demo;

        public sealed record Tenant(string Id, Region? Region = null);

        public sealed record Region(string Name);

        public class Base
        {
            protected Tenant Inherited { get; init; } = new("base");
        }

        public sealed partial class Orders(Cache cache, Calls calls, Tenant tenant, string? user) : Base
        {
            private readonly Tenant _tenant = tenant;
            private const string Version = "v1";
            private static readonly Guid Instance = Guid.Empty;
            private readonly Kind _kind = Kind.Hidden;

            private enum Kind
            {
                Hidden = 3,
            }

            [Cached("orders:{_tenant.Id}:{_tenant.Region.Name}:{id}", Ttl = 60)]
            public partial int OfField(int id);

            private int OfFieldCore(int id) => calls.Next();

            [Cached("user:{user}:{id}:{Version}:{Instance}:{Inherited.Id}", Ttl = 60)]
            public partial int OfOthers(int id);

            private int OfOthersCore(int id) => calls.Next();

            [Cached("kind:{_kind}:{id}", Ttl = 60)]
            public partial int OfPrivateType(int id);

            private int OfPrivateTypeCore(int id) => calls.Next();

            [Cached("static:{Instance}:{id}", Ttl = 60)]
            public static partial int Static(int id);

            private static int StaticCore(int id) => id;

            [InvalidateCache("orders:{_tenant.Id}:*")]
            public partial void ChangeAll();

            private void ChangeAllCore()
            {
            }
        }
        """,
        """
        var one = new Demo.Orders(cache, calls, new("one"), "u");
        var two = new Demo.Orders(cache, calls, new("two"), null);
        calls.TellsApart(orders => orders.OfField(1), one, two, new Demo.Orders(cache, calls, new("one", new("eu")), "u"));
        calls.TellsApart(orders => orders.OfOthers(1), one, two);
        calls.TakesAsOne(orders => orders.OfPrivateType(1), one, two);
        Assert.Equal(5, Demo.Orders.Static(5));
        one.ChangeAll();
        calls.Loads(0, () => two.OfField(1) > 0, true);
        calls.Loads(1, () => one.OfField(1) > 0, true);
        Assert.Equal("orders:one:%n:1", Demo.Orders.CacheKeys.OfField("one", null, 1).Text);
        Assert.True(await cache.ExistsAsync("user:u:1:v1:00000000-0000-0000-0000-000000000000:base"));
        """);

    [Fact]
    public Task Type_parameters() => Shape.RunAsync(
        """
        namespace Demo;

        public partial class Service<TItem>(Cache cache, Calls calls)
        {
            [Cached("{TItem}:x:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Next();

            [Cached("y:{TOther}:{id}", Ttl = 60)]
            public partial int Get<TOther>(int id);

            private int GetCore<TOther>(int id) => calls.Next();

            [Cached("z", Ttl = 60)]
            public partial int Get<TOther>(TOther key)
                where TOther : struct, ISpanFormattable, ISpanParsable<TOther>;

            private int GetCore<TOther>(TOther key)
                where TOther : struct, ISpanFormattable, ISpanParsable<TOther> => calls.Next();
        }
        """,
        """
        var numbers = new Demo.Service<int>(cache, calls);
        var lists = new Demo.Service<List<string>>(cache, calls);
        calls.TellsApart(get => get(), () => numbers.Get(1), () => lists.Get(1), () => numbers.Get<int>(1), () => numbers.Get<long>(1L), () => lists.Get<int>(1),
            () => numbers.Get<string>(1), () => numbers.Get<Guid>(default(Guid)), () => numbers.Get<TimeSpan>(default(TimeSpan)));
        Assert.True(await cache.ExistsAsync("System.Int32:x:1"));
        """);

    [Theory]
    [InlineData("private static string Build(int id, string name) => $\"{id}/{name}\";")]
    [InlineData("public string Build(string name, int id) => $\"{id}/{name}\";")]
    [InlineData("private static string Build(long id, object name, CancellationToken ct) => $\"{id}/{name}\";")]
    [InlineData("private static string Build(in int id, string? name) => $\"{id}/{name}\";")]
    public Task A_key_builder(string builder) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("built", Ttl = 60, KeyBuilder = nameof(Build))]
            public partial Task<int> GetAsync(int id, string name, CancellationToken ct = default);

            private Task<int> GetCoreAsync(int id, string name, CancellationToken ct) => calls.ReturnAsync(id * 10);

            {{builder}}

            [InvalidateCache(Method = nameof(GetAsync))]
            public partial void Change();

            private void ChangeCore()
            {
            }
        }
        """,
        """
        var service = new Service(cache, calls);
        await calls.AreCachedAsync(() => service.GetAsync(1, "a"), 10, () => service.GetAsync(2, "a"), 20);
        Assert.True(await cache.ExistsAsync("built:1/a"));
        Assert.Equal(10, await cache.GetAsync(Service.CacheKeys.Get("1/a")));
        service.Change();
        await calls.LoadsAsync(1, () => service.GetAsync(1, "a"), 10);
        """);

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
