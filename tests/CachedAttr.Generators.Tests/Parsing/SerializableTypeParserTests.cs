using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Tests.Parsing;

public sealed class SerializableTypeParserTests
{
    [Theory]
    [InlineData("Page<Server>", "Page<Server>.Items[].Owner.Lazy", "Lazy<int>")]
    [InlineData("Task<Page<Server>?>", "Page<Server>.Items[].Owner.Lazy", "Lazy<int>")]
    [InlineData("object", "object", "object")]
    [InlineData("Stream[]", "Stream[][]", "Stream")]
    [InlineData("IThing", "IThing", "IThing")]
    [InlineData("Shape", "Shape", "Shape")]
    [InlineData("Action", "Action", "Action")]
    [InlineData("dynamic", "dynamic", "dynamic")]
    [InlineData("nint", "nint", "nint")]
    [InlineData("List<(int, IThing)>", "List<(int, IThing)>[].Item2", "IThing")]
    [InlineData("Dictionary<string, IThing?>", "Dictionary<string, IThing?>.Values[]", "IThing?")]
    [InlineData("Dictionary<Shape, int>", "Dictionary<Shape, int>.Keys[]", "Shape")]
    [InlineData("KeyValuePair<int, object>?", "KeyValuePair<int, object>?.Value", "object")]
    [InlineData("Unset", "Unset.Items", "List<int>")]
    [InlineData("PrivateSetter", "PrivateSetter.Id", "int")]
    [InlineData("Opaque", "Opaque", "Opaque")]
    [InlineData("NoConstructor", "NoConstructor", "NoConstructor")]
    [InlineData("Items", "Items", "Items")]
    [InlineData("Closable", "Wrapper<Closable>.Value", "Closable", "Wrapper<Closable>")]
    [InlineData("Endless<int>", null, null)]
    [InlineData("Failure", "Wrapper<Failure>.Value", "Failure", "Wrapper<Failure>")]
    [InlineData("Retired", "Retired.Old", "int")]
    [InlineData("int[,,,,]", "int[,,,,]", "int[,,,,]")]
    public void What_cannot_be_serialized_has_a_note_with_the_path(string type, string? path, string? faulty, string? result = null)
    {
        var parsed = Parse(result ?? type);

        Assert.NotNull(parsed.Model);
        Assert.Null(parsed.Model.Serializer);
        var problem = Assert.Single(parsed.Problems);
        Assert.Equal(RuleIds.NotSerializable, problem.Rule);
        Assert.Equal("Get", problem.Arguments[0]);
        Assert.NotEmpty(problem.Arguments[3]);
        if (path is null)
            return;
        Assert.Equal(path, problem.Arguments[1]);
        Assert.Equal(faulty, problem.Arguments[2]);
    }

    [Theory]
    [InlineData("[MessagePackObject] public class Marked { public int Id { get; set; } }", "keys")]
    [InlineData("[MessagePackObject] public class Marked { [Key(0)] public int A { get; set; } [Key(\"b\")] public int B { get; set; } }", "kinds")]
    [InlineData("[MessagePackObject] public class Marked { [Key(0)] public int A { get; set; } [Key(0)] public int B { get; set; } }", "same key")]
    [InlineData("[MessagePackObject] public class Marked { [Key(0)] public int A { get; set; } [Key(1)] int B { get; set; } }", "not public")]
    [InlineData("[Union(0, typeof(Case)), Union(0, typeof(Case))] public interface Marked; public record Case : Marked;", "same number")]
    public void Contradicting_attributes_have_a_note(string declaration, string reason) =>
        Assert.Contains(reason, Assert.Single(Parse("Marked", declaration).Problems).Arguments[3], StringComparison.Ordinal);

    [Fact]
    public void A_type_parameter_has_no_serializer()
    {
        var context = TestCompilation.ContextOf(
            "public partial class Service { [Cached(\"x\")] public partial List<T> Get<T>(); private List<T> GetCore<T>() => []; }");
        var parsed = CachedMethodParser.Parse(context, context.Method.FindAttribute("CachedAttribute")!);
        Assert.Equal("List<T>[]", Assert.Single(parsed.Problems).Arguments[1]);
    }

    [Fact]
    public void Only_types_that_contain_themselves_watch_the_depth()
    {
        var model = Parse("Tree", "public record Tree(List<Tree?> Children, Leaf Leaf); public record Leaf(int Id);").Model;
        Assert.Equal([("global::Leaf", false), ("global::Tree", true)], model!.Serializer!.Objects.Select(type => (type.Type, type.IsRecursive)));
    }

    [Theory]
    [InlineData("public record Two(int A, int B) { public int Sum => A + B; }", "A B", "A B", "")]
    [InlineData("public class Two(int b) { public int A { get; set; } public int B => b; public int Sum => A + B; }", "A B", "B", "A")]
    [InlineData("public class Two { public Two() { } public Two(int a, long b) { } public int A { get; set; } public int B { get; set; } }", "A B", "A B", "")]
    [InlineData("public class Two { public Two(string x) { } internal Two(int a) { A = a; } public int A { get; } public int B { get; init; } }", "A B", "A", "B")]
    [InlineData("public class Two(int a) { public required int A { get; init; } = a; public int B; }", "A B", "A", "A B")]
    [InlineData("public struct Two { public int A; public int B { get; set; } public static int C; public const int D = 1; }", "A B", "", "A B")]
    [InlineData("public class One { public int A { get; set; } } public class Two : One { public int B { get; set; } }", "A B", "", "A B")]
    public void An_object_is_made_by_the_constructor_that_takes_most_of_its_members(string declaration, string members, string arguments, string initialized)
    {
        ObjectFormatterModel type = Assert.Single(Parse("Two", declaration).Model!.Serializer!.Objects);
        Assert.Equal(members, string.Join(' ', type.Members.Select(member => member.Name)));
        Assert.Equal(arguments, string.Join(' ', type.Arguments.Select(argument => argument.Member)));
        Assert.Equal(initialized, string.Join(' ', type.Initialized));
    }

    private static Parsed<CachedMethodModel> Parse(string type, string declarations = "")
    {
        var context = TestCompilation.ContextOf($$"""
            using MessagePack;
            public partial class Service { [Cached] public partial {{type}} Get(); private {{type}} GetCore() => default!; }
            public record Page<T>(List<T> Items);
            public record Server(int Id, Owner Owner);
            public record Owner(string Name, Lazy<int> Lazy);
            public record Wrapper<T>(T Value);
            public record Endless<T>(Endless<List<T>>? Next);
            public interface IThing { int Id { get; } }
            public abstract record Shape(int Id);
            public class Unset { public List<int> Items { get; } = []; }
            public class PrivateSetter { public int Id { get; private set; } }
            public class Opaque { private readonly int _id; public int GetId() => _id; }
            public class NoConstructor { public NoConstructor(string text) { } public int Id { get; set; } }
            public class Items : List<int>;
            public record Closable(int Id) : IDisposable { public void Dispose() { } }
            public class Retired { [Obsolete("", true)] public int Old { get; set; } }
            public class Failure : Exception;
            {{declarations}}
            namespace MessagePack
            {
                public class MessagePackObjectAttribute : Attribute;
                public class KeyAttribute : Attribute { public KeyAttribute(int x) { } public KeyAttribute(string x) { } }
                [AttributeUsage(AttributeTargets.All, AllowMultiple = true)] public class UnionAttribute(int key, Type type) : Attribute;
            }
            """);
        return CachedMethodParser.Parse(context, context.Method.FindAttribute("CachedAttribute")!);
    }
}
