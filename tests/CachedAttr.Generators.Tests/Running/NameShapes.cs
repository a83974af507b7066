namespace CachedAttr.Generators.Tests.Running;

/// <summary>Names of parameters and methods, and overloads: nothing that a user may call something collides with generated code.</summary>
public sealed class NameShapes
{
    [Theory]
    [InlineData("@class", "@event", "@this")]
    [InlineData("required", "@scoped", "field")]
    [InlineData("value", "record", "var")]
    [InlineData("await", "async", "dynamic")]
    [InlineData("nameof", "nint", "notnull")]
    [InlineData("region", "hit", "call")]
    [InlineData("token", "key", "cache")]
    [InlineData("result", "self", "state")]
    [InlineData("writer", "reader", "text")]
    [InlineData("hash", "item", "items")]
    [InlineData("calls", "service", "_calls")]
    [InlineData("_", "__", "_1")]
    [InlineData("Id", "id", "ID")]
    [InlineData("Item1", "Rest", "ToString")]
    [InlineData("GetHashCode", "Equals", "GetType")]
    [InlineData("größe", "ı", "名前")]
    [InlineData("Get", "GetKey", "GetCodec")]
    [InlineData("System", "CachedAttr", "global")]
    [InlineData("other", "obj", "Text")]
    public Task Names(string one, string two, string three) => Shape.RunAsync(
        $$"""
        namespace Demo;

        public sealed record Filter(int Id);

        public sealed partial class Service(Cache given, Calls counter)
        {
            private readonly Calls _counter = counter;

            [Cached("item", Ttl = 60, Unless = nameof(IsNever))]
            public partial Task<int> GetAsync(int {{one}}, string? {{two}}, bool {{three}}, CancellationToken stop);

            private Task<int> GetCoreAsync(int {{one}}, string? {{two}}, bool {{three}}, CancellationToken stop) => _counter.ReturnAsync({{one}} * 10);

            private bool IsNever(int answer, int {{one}}) => answer == {{one}} - 1;

            [Cached("hash", Ttl = 60)]
            public partial int Get(Filter {{one}}, [Sensitive] string {{two}}, DateOnly {{three}});

            private int GetCore(Filter {{one}}, string {{two}}, DateOnly {{three}}) => _counter.Return({{one}}.Id * 10);

            [Cached("one", Ttl = 60)]
            public static partial int Echo(int {{one}});

            private static int EchoCore(int {{one}}) => {{one}};

            [InvalidateCache("item:{{{one.TrimStart('@')}}}:*", "hash:*", "none:{result}:{{{two.TrimStart('@')}}}", When = nameof(IsChanged))]
            [InvalidateCache(Method = nameof(Echo), On = InvalidateOn.Always)]
            public partial Task<int> ChangeAsync(int {{one}}, string? {{two}}, bool {{three}});

            private Task<int> ChangeCoreAsync(int {{one}}, string? {{two}}, bool {{three}}) => Task.FromResult({{one}});

            private bool IsChanged(bool {{three}}) => {{three}};
        }
        """.Replace("none:{result}:", one == "result" ? "none:" : "none:{result}:", StringComparison.Ordinal),
        """
        var service = new Demo.Service(cache, calls);
        await calls.AreCachedAsync(() => service.GetAsync(1, null, true, default), 10, () => service.GetAsync(1, "", true, default), 10);
        calls.AreCached(() => service.Get(new(1), "a", default), 10, () => service.Get(new(1), "b", default), 10);
        await service.ChangeAsync(1, null, false);
        await calls.LoadsAsync(0, () => service.GetAsync(1, null, true, default), 10);
        await service.ChangeAsync(1, null, true);
        await calls.LoadsAsync(1, () => service.GetAsync(1, null, true, default), 10);
        calls.Loads(1, () => service.Get(new(1), "a", default), 10);
        Assert.Equal(4, Demo.Service.Echo(4));
        """);

    [Fact]
    public Task Overloads_of_every_kind() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("a", Ttl = 60)]
            public partial int Get();

            [Cached("b", Ttl = 60)]
            public partial int Get(int id);

            [Cached("c", Ttl = 60)]
            public partial int Get(long id);

            [Cached("d", Ttl = 60)]
            public partial int Get(int? id);

            [Cached("e", Ttl = 60)]
            public partial int Get(string id);

            [Cached("f", Ttl = 60)]
            public partial int Get(int id, string name);

            [Cached("g", Ttl = 60)]
            public partial int Get(List<int> ids);

            [Cached("h", Ttl = 60)]
            public partial int Get<T>(int id);

            [Cached("i", Ttl = 60)]
            public partial int Get<T, U>(int id);

            [Cached("j", Ttl = 60)]
            public partial Task<int> GetAsync(int id);

            [Cached("k", Ttl = 60)]
            public partial int Get(int id, [CacheKeyIgnore] bool log);

            [Cached("l", Ttl = 60)]
            public partial int GetKey(int id);

            [Cached("m", Ttl = 60)]
            public partial int GetCodec(int id, int other);

            [Cached("n", Ttl = 60)]
            public partial int GetText(List<int> ids);

            private int GetCore() => calls.Next();

            private int GetCore(int id) => calls.Next();

            private int GetCore(long id) => calls.Next();

            private int GetCore(int? id) => calls.Next();

            private int GetCore(string id) => calls.Next();

            private int GetCore(int id, string name) => calls.Next();

            private int GetCore(List<int> ids) => calls.Next();

            private int GetCore<T>(int id) => calls.Next();

            private int GetCore<T, U>(int id) => calls.Next();

            private Task<int> GetCoreAsync(int id) => calls.ReturnAsync(id);

            private int GetCore(int id, bool log) => calls.Next();

            private int GetKeyCore(int id) => calls.Next();

            private int GetCodecCore(int id, int other) => calls.Next();

            private int GetTextCore(List<int> ids) => calls.Next();

            public static Func<Service, int>[] All { get; } =
            [
                x => x.Get(), x => x.Get(1), x => x.Get(1L), x => x.Get((int?)1), x => x.Get("1"), x => x.Get(1, "1"), x => x.Get([1]), x => x.Get<int>(1),
                x => x.Get<int, int>(1), x => x.Get(1, true), x => x.GetKey(1), x => x.GetCodec(1, 1), x => x.GetText([1]),
            ];
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.TellsApart(get => get(service), Service.All);
        await calls.LoadsAsync(1, () => service.GetAsync(1), 1);
        Assert.Equal("b:1", Service.CacheKeys.Get(1).Text);
        Assert.Equal("j:1", Service.CacheKeys.Get2(1).Text);
        """);

    [Theory]
    [InlineData("ToString")]
    [InlineData("Equals")]
    [InlineData("GetHashCode")]
    [InlineData("CacheKeys")]
    [InlineData("CachedMethods")]
    [InlineData("KeyParts")]
    [InlineData("Create")]
    [InlineData("@return")]
    [InlineData("Async")]
    [InlineData("CoreAsync")]
    [InlineData("_")]
    public Task Names_of_methods(string name) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}:{name}", Ttl = 60, Loader = nameof(Load))]
            public partial Task<int> {{name}}(int id, string name);

            private Task<int> Load(int id, string name) => calls.ReturnAsync(id * 10);

            [Cached("list:{ids}", Ttl = 60, Loader = nameof(Load))]
            public partial Task<int> {{name}}(List<int> ids);

            private Task<int> Load(List<int> ids) => calls.ReturnAsync(ids.Count);
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        await calls.AreCachedAsync(() => service.{{name}}(1, "a"), 10, () => service.{{name}}(2, "a"), 20);
        await calls.AreCachedAsync(() => service.{{name}}([1]), 1, () => service.{{name}}([1, 2]), 2);
        """);
}
