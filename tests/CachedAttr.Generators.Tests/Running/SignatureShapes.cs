namespace CachedAttr.Generators.Tests.Running;

/// <summary>The parameters that a cached method may have: modifiers, default values, names, tokens, overloads.</summary>
public sealed class SignatureShapes
{
    [Theory]
    [InlineData("int a = -1", "-1", "5")]
    [InlineData("long a = long.MinValue", "long.MinValue", "5")]
    [InlineData("double a = 0.5", "0.5", "0.25")]
    [InlineData("decimal a = 1.5m", "1.5m", "2m")]
    [InlineData("string a = \"x\\\"y\\\\\"", "\"x\\\"y\\\\\"", "\"z\"")]
    [InlineData("string? a = null", "null", "\"null\"")]
    [InlineData("char a = '\\''", "'\\''", "'b'")]
    [InlineData("bool a = true", "true", "false")]
    [InlineData("DayOfWeek a = DayOfWeek.Friday", "DayOfWeek.Friday", "default")]
    [InlineData("DayOfWeek? a = DayOfWeek.Friday", "DayOfWeek.Friday", "null")]
    [InlineData("Guid a = default", "Guid.Empty", "new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)")]
    [InlineData("DateTime a = new()", "default", "DateTime.UnixEpoch")]
    [InlineData("(int Id, string? Name) a = default", "default", "(1, null)")]
    [InlineData("List<int>? a = null", "null", "[1]")]
    [InlineData("int? a = 3", "3", "null")]
    public Task A_default_value(string parameter, string same, string other) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached(Ttl = 60)]
            public partial int Get({{parameter}});

            private int GetCore({{parameter.Split('=')[0]}}) => calls.Next();
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get(), 1, () => service.Get({{other}}), 2);
        calls.Loads(0, () => service.Get({{same}}), 1);
        """);

    [Theory]
    [InlineData("params int[] items", "1, 2", "[2, 1]")]
    [InlineData("params string?[] items", "\"a\", null", "\"a\"")]
    [InlineData("string head, params string[] items", "\"a\", \"b\", \"c\"", "\"a\", \"bc\"")]
    [InlineData("params List<long> items", "1, 2", "")]
    [InlineData("params IEnumerable<Guid> items", "Guid.Empty", "Guid.Empty, Guid.Empty")]
    [InlineData("params IReadOnlyCollection<(int A, string B)> items", "(1, \"a\")", "(2, \"a\")")]
    [InlineData("in int item", "1", "2")]
    [InlineData("ref readonly Guid item", "in Guids.Empty", "in Guids.Other")]
    public Task A_modifier(string parameters, string one, string other) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item", Ttl = 60)]
            public partial int Get({{parameters}});

            private int GetCore({{parameters}}) => calls.Next();
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get({{one}}), 1, () => service.Get({{other}}), 2);
        """);

    [Theory]
    [InlineData("int id, CancellationToken token")]
    [InlineData("CancellationToken token, int id")]
    [InlineData("CancellationToken first, int id, CancellationToken second")]
    [InlineData("int id, CancellationToken call = default, CancellationToken? region = null")]
    [InlineData("int id, CancellationToken? token = default")]
    [InlineData("int id")]
    public Task Tokens(string parameters) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("sync:{id}", Ttl = 60)]
            public partial int Get({{parameters}});

            private int GetCore({{parameters}}) => calls.Return(id * 10);

            [Cached("task:{id}", Ttl = 60)]
            public partial Task<int> GetAsync({{parameters}});

            private Task<int> GetCoreAsync({{parameters}}) => calls.ReturnAsync(id * 10);

            [Cached("value", Ttl = 60)]
            public partial ValueTask<int> GetValueAsync({{parameters}});

            private ValueTask<int> GetValueCoreAsync({{parameters}}) => calls.ReturnValueAsync(id * 10);
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get({{Arguments(parameters, 1)}}), 10, () => service.Get({{Arguments(parameters, 2)}}), 20);
        await calls.AreCachedAsync(() => service.GetAsync({{Arguments(parameters, 1)}}), 10, () => service.GetAsync({{Arguments(parameters, 2)}}), 20);
        await calls.AreCachedAsync(() => service.GetValueAsync({{Arguments(parameters, 1)}}), 10, () => service.GetValueAsync({{Arguments(parameters, 2)}}), 20);
        """);

    [Fact]
    public Task A_token_that_reaches_the_loader() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial Task<bool> CanStopAsync(CancellationToken token, int id);

            private Task<bool> CanStopCoreAsync(CancellationToken token, int id) => calls.ReturnAsync(token.CanBeCanceled);

            [Cached("wait:{id}", Ttl = 60)]
            public partial Task<int> WaitAsync(int id, CancellationToken token);

            private async Task<int> WaitCoreAsync(int id, CancellationToken token)
            {
                calls.Next();
                await Task.Delay(Timeout.Infinite, token);
                return id;
            }
        }
        """,
        """
        var service = new Service(cache, calls);
        using var source = new CancellationTokenSource();
        await calls.LoadsAsync(1, () => service.CanStopAsync(source.Token, 1), true);
        var waiting = service.WaitAsync(1, source.Token);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        """);

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
    public Task Twenty_parameters() => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item", Ttl = 60)]
            public partial Task<int> GetAsync({{string.Join(", ", Enumerable.Range(0, 20).Select(i => $"int p{i}"))}});

            private Task<int> GetCoreAsync({{string.Join(", ", Enumerable.Range(0, 20).Select(i => $"int p{i}"))}}) => calls.ReturnAsync(p0 + p19);
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        await calls.AreCachedAsync(
            () => service.GetAsync({{string.Join(", ", Enumerable.Range(0, 20))}}), 19, () => service.GetAsync({{string.Join(", ", Enumerable.Range(0, 19))}}, 20), 20);
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

    private static string Arguments(string parameters, int id) =>
        string.Join(", ", parameters.Split(", ").Select(parameter => parameter.StartsWith("int ", StringComparison.Ordinal) ? $"{id}" : "CancellationToken.None"));
}
