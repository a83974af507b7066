namespace CachedAttr.Generators.Tests.Running;

/// <summary>Objects and collections in a key, which are composed of their members and items.</summary>
public sealed class ObjectKeyShapes
{
    [Theory]
    [InlineData("Filter", "new(\"a\", [\"b\"])", "new(\"a\", [])", "new(null, [])", "new(\"\", [])", "new(\"a\", [\"\"])", "new(\"ab\", [])")]
    [InlineData("Filter?", "null", "new(null, [])")]
    [InlineData("Point", "new(1, 2)", "new(2, 1)", "default")]
    [InlineData("Point?", "null", "default(Point)", "new(1, 2)")]
    [InlineData("Node", "new(1, null)", "new(1, new(1, null))", "new(2, null)")]
    [InlineData("Derived", "new(1, 2)", "new(2, 1)")]
    [InlineData("WithFields", "new() { A = 1 }", "new() { B = 1 }", "new() { C = 1 }")]
    [InlineData("Generic<int, string>", "new(1, \"a\")", "new(1, null)", "new(2, null)")]
    [InlineData("int[]", "[]", "[0]", "[0, 0]", "[1, 2]", "[2, 1]", "[12]")]
    [InlineData("byte[]", "[]", "[0]", "[0, 0]", "[255]")]
    [InlineData("string?[]?", "null", "[]", "[null]", "[\"\"]", "[null, null]", "[\"null\"]")]
    [InlineData("int[][]", "[[1], [2]]", "[[1, 2]]", "[[], [1, 2]]", "[]")]
    [InlineData("List<int?>", "[]", "[null]", "[0]")]
    [InlineData("IEnumerable<Point>", "[new(1, 2)]", "[new(2, 1)]", "[]")]
    [InlineData("IReadOnlyCollection<string>", "[\"a\", \"b\"]", "[\"ab\"]", "[\"a\", \"b\", \"\"]")]
    [InlineData("ISet<int>", "new HashSet<int> { 1 }", "new HashSet<int> { 1, 2 }", "new HashSet<int>()")]
    [InlineData("Dictionary<string, int>", "[]", "new() { [\"a\"] = 1 }", "new() { [\"a\"] = 2 }", "new() { [\"b\"] = 1 }")]
    [InlineData("IReadOnlyDictionary<Point, List<string>>", "new Dictionary<Point, List<string>>()", "new Dictionary<Point, List<string>> { [default] = [] }")]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>", "[]", "[1]", "[1, 2]")]
    [InlineData("System.Collections.Immutable.ImmutableHashSet<string>", "[]", "[\"a\"]", "[\"a\", \"b\"]")]
    [InlineData("(int Id, string? Name)", "(1, null)", "(1, \"\")", "(2, \"\")")]
    [InlineData("(int, int, int, int, int, int, int, int, int)", "(1, 2, 3, 4, 5, 6, 7, 8, 9)", "(1, 2, 3, 4, 5, 6, 7, 9, 8)", "default")]
    [InlineData("(Point A, (Filter? B, int C) D)?", "null", "default((Point, (Filter?, int)))", "(new(1, 1), (new(\"a\", []), 1))")]
    [InlineData("KeyValuePair<string, int>", "new(\"a\", 1)", "new(\"a\", 2)", "new(\"b\", 1)")]
    [InlineData("Tuple<int, string>", "new(1, \"a\")", "new(1, \"b\")")]
    [InlineData("Version", "new(1, 2)", "new(1, 2, 0)", "new(2, 1)")]
    [InlineData("Uri", "new(\"http://a/?x=1\")", "new(\"http://a/?x=2\")", "new(\"/a\", UriKind.Relative)")]
    [InlineData("Small[]", "[]", "[Small.A]", "[(Small)9]")]
    [InlineData("IShape", "new Circle(1)", "new Circle(2)")]
    public Task An_object(string type, params string[] values) => Shape.RunAsync(
        $$"""
        public enum Small : byte { A, B = 255 }
        public sealed record Filter(string? Text, IReadOnlyList<string> Tags);
        public readonly record struct Point(int X, double Y);
        public sealed record Node(int Value, Node? Next);
        public abstract class Root(int a) { public int A { get; } = a; private int Hidden => A; public int Use() => Hidden; public int this[int index] => index; }
        public sealed class Derived(int a, int b) : Root(a) { public int B { get; } = b; public static int Count => 1; }
        public struct WithFields { public int A; public int B; public int C { get; set; } }
        public sealed record Generic<TOne, TTwo>(TOne One, TTwo? Two);
        public interface IShape { [CacheKey] int Size { get; } }
        public sealed class Circle(int size) : IShape { public int Size => size; }

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("alone:{item}", Ttl = 60)]
            public partial int Alone({{type}} item);

            private int AloneCore({{type}} item) => calls.Next();

            [Cached("beside", Ttl = 60)]
            public partial ValueTask<int> BesideAsync(int id, {{type}} item, string? text);

            private ValueTask<int> BesideCoreAsync(int id, {{type}} item, string? text) => new(calls.Next());

            [InvalidateCache(Method = nameof(Alone))]
            [InvalidateCache("beside:*:{item}:*")]
            public partial Task ChangeAsync({{type}} item);

            private Task ChangeCoreAsync({{type}} item) => Task.CompletedTask;
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        {{type}}[] values = [{{string.Join(", ", values)}}];
        {{type}}[] equal = [{{string.Join(", ", values)}}];
        calls.TellsApart(service.Alone, values);
        calls.TellsApart(item => service.BesideAsync(1, item, null).AsTask().Result, values);
        Assert.Equal(values.Select(service.Alone), equal.Select(service.Alone));
        for (int i = 0; i < values.Length; i++)
        {
            var key = Service.CacheKeys.Alone(equal[i]);
            Assert.Equal(service.Alone(values[i]), cache.TryGet<int>(key).Value);
            await service.ChangeAsync(values[i]);
            Assert.False(cache.TryGet<int>(key).Found);
            Assert.False(await cache.ExistsAsync(Service.CacheKeys.Beside(1, equal[i], null)));
            await cache.SetAsync(key, -1);
            Assert.Equal(-1, service.Alone(values[i]));
        }
        """);

    [Fact]
    public Task Sets_and_maps_in_any_order_with_any_comparer() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("set:{set}:{map}", Ttl = 60)]
            public partial int Get(IReadOnlySet<string> set, SortedDictionary<string, int> map);

            private int GetCore(IReadOnlySet<string> set, SortedDictionary<string, int> map) => calls.Next();
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.TakesAsOne<IReadOnlySet<string>>(
            set => service.Get(set, new() { ["x"] = 1, ["y"] = 2 }),
            new HashSet<string> { "a", "b", "c" }, new HashSet<string> { "c", "b", "a" }, new SortedSet<string>(["b", "a", "c"], StringComparer.OrdinalIgnoreCase));
        calls.TakesAsOne<SortedDictionary<string, int>>(
            map => service.Get(new HashSet<string>(), map),
            new SortedDictionary<string, int> { ["x"] = 1, ["y"] = 2 }, new SortedDictionary<string, int>(Comparer<string>.Create((a, b) => string.CompareOrdinal(b, a))) { ["y"] = 2, ["x"] = 1 });
        """);

    [Theory]
    [InlineData("System.Collections.Immutable.ImmutableArray<int>")]
    [InlineData("ArraySegment<int>")]
    public Task A_collection_struct_without_a_collection(string type) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("array:{items}", Ttl = 60)]
            public partial int Get({{type}} items);

            private int GetCore({{type}} items) => calls.Next();
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        calls.TellsApart<{{type}}>(service.Get, default, {{(type.StartsWith("Array", StringComparison.Ordinal) ? "new int[1]" : "[1]")}});
        """);

    [Fact]
    public Task Marked_ignored_and_sensitive_members() => Shape.RunAsync(
        """
        public sealed class Marked
        {
            [CacheKey]
            public int Id { get; init; }

            [CacheKey]
            public string? Name { get; init; }

            public object? Anything { get; init; }
        }

        public record Ignoring(int Id, [CacheKeyIgnore] Stream? Stream = null)
        {
            [CacheKeyIgnore]
            public Func<int>? Load { get; init; }
        }

        public sealed record Login(string User, [Sensitive] string Password);

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("marked:{item}", Ttl = 60)]
            public partial int OfMarked(Marked item);

            private int OfMarkedCore(Marked item) => calls.Next();

            [Cached("ignoring:{item}", Ttl = 60)]
            public partial int OfIgnoring(Ignoring item);

            private int OfIgnoringCore(Ignoring item) => calls.Next();

            [Cached("login:{login}:{login.User}", Ttl = 60)]
            public partial int OfLogin(Login login);

            private int OfLoginCore(Login login) => calls.Next();

            [Cached("token:{token}:{password}:{login.Password}", Ttl = 60)]
            public partial int OfToken([CacheKey(Hash = true)] string token, [Sensitive] string? password, [CacheKeyIgnore] Login login);

            private int OfTokenCore(string token, string? password, Login login) => calls.Next();

            [InvalidateCache(Method = nameof(OfToken))]
            public partial void Forget(string token);

            private void ForgetCore(string token)
            {
            }
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.TellsApart(service.OfMarked, new Marked { Id = 1 }, new Marked { Id = 2 }, new Marked { Id = 1, Name = "a" });
        calls.TakesAsOne(service.OfMarked, new Marked { Id = 5, Anything = calls }, new Marked { Id = 5 });
        calls.TellsApart(service.OfIgnoring, new Ignoring(1), new Ignoring(2));
        calls.TakesAsOne(service.OfIgnoring, new Ignoring(5), new Ignoring(5, Stream.Null), new Ignoring(5) { Load = () => 1 });
        calls.TellsApart(service.OfLogin, new Login("u", "secret1"), new Login("u", "secret2"));
        calls.TellsApart(token => service.OfToken(token, "secret4", new("u", "secret5")), "secret3", "secret6");
        await foreach (string key in cache.KeysAsync())
            Assert.DoesNotContain("secret", key);
        Assert.True(await cache.ExistsAsync(Service.CacheKeys.OfLogin(cache, new("u", "secret1"), "u")));
        service.Forget("secret3");
        calls.Loads(1, () => service.OfToken("secret3", "secret4", new("u", "secret5")) > 0, true);
        calls.Loads(0, () => service.OfToken("secret6", "secret4", new("u", "secret5")) > 0, true);
        """);

    [Fact]
    public Task A_derived_value_of_an_open_type_is_refused_by_name() => Shape.RunAsync(
        """
        namespace Demo;

        public record Filter(int Id);

        public sealed record Special(int Id, int More) : Filter(Id);

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{filter}", Ttl = 60)]
            public partial int Get(Filter filter);

            private int GetCore(Filter filter) => calls.Next();
        }
        """,
        """
        var service = new Demo.Service(cache, calls);
        calls.TellsApart(service.Get, new Demo.Filter(1), new Demo.Filter(2));
        Assert.Contains("Demo.Filter", Assert.Throws<NotSupportedException>(() => { service.Get(new Demo.Special(1, 2)); }).Message);
        """);

    [Fact]
    public Task Objects_that_have_no_end_are_refused_at_run_time() => Shape.RunAsync(
        """
        public sealed class Node
        {
            public Node? Parent { get; set; }
        }

        public sealed record Day(int Number)
        {
            public Day Tomorrow => new(Number + 1);
        }

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("n:{node}", Ttl = 60)]
            public partial int Get(Node node);

            private int GetCore(Node node) => calls.Next();

            [Cached("d:{day}", Ttl = 60)]
            public partial int OfDay(Day day);

            private int OfDayCore(Day day) => calls.Next();
        }
        """,
        """
        var service = new Service(cache, calls);
        var node = new Node();
        node.Parent = node;
        Assert.Throws<InvalidOperationException>(() => { service.Get(node); });
        Assert.Throws<InvalidOperationException>(() => { service.OfDay(new(1)); });
        """);

    [Fact]
    public Task Members_with_names_and_types_of_every_kind() => Shape.RunAsync(
        """
        namespace Demo;

        public sealed record Filter(int @class, string @event)
        {
            private readonly int _referred = 1;

            public required int Needed { get; init; }

            public ref readonly int Reference => ref _referred;

            public string this[int index] => "";
        }

        public class Base
        {
            public int Y;

            public object X => 1;
        }

        public sealed class Derived : Base
        {
            public new int X { get; set; }
        }

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("filter:{filter}:{filter.class}", Ttl = 60)]
            public partial int Get(Filter filter);

            private int GetCore(Filter filter) => calls.Next();

            [Cached("derived:{item}", Ttl = 60)]
            public partial int OfDerived(Derived item);

            private int OfDerivedCore(Derived item) => calls.Next();
        }
        """,
        """
        var service = new Demo.Service(cache, calls);
        calls.TellsApart(service.Get, new Demo.Filter(1, "a") { Needed = 1 }, new Demo.Filter(1, "a") { Needed = 2 });
        calls.TellsApart(service.OfDerived, new Demo.Derived { X = 1 }, new Demo.Derived { X = 2 }, new Demo.Derived { Y = 1 });
        """);
}
