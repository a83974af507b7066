namespace CachedAttr.Generators.Tests.Running;

/// <summary>The settings of <c>[Cached]</c>, each seen to act.</summary>
public sealed class OptionShapes
{
    [Theory]
    [InlineData("int", "calls.Return(id)", "")]
    [InlineData("Task<int>", "calls.ReturnAsync(id)", "await ")]
    [InlineData("ValueTask<int>", "calls.ReturnValueAsync(id)", "await ")]
    public Task When(string type, string load, string await) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            public bool IsOn { get; set; } = true;

            [Cached("item:{id}:{note}", Ttl = 60, When = nameof(Should))]
            public partial {{type}} Get(int id, string? note = null, CancellationToken ct = default);

            private {{type}} GetCore(int id, string? note, CancellationToken ct) => {{load}};

            private bool Should(string? note, long id, CancellationToken ct) => IsOn && note is null && id > 0 && !ct.IsCancellationRequested;
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        await calls.AreCachedAsync(async () => {{await}}service.Get(1), 1, async () => {{await}}service.Get(2), 2);
        service.IsOn = false;
        await calls.LoadsAsync(1, async () => {{await}}service.Get(1), 1);
        await calls.LoadsAsync(1, async () => {{await}}service.Get(1), 1);
        service.IsOn = true;
        await calls.LoadsAsync(0, async () => {{await}}service.Get(1), 1);
        await calls.LoadsAsync(1, async () => {{await}}service.Get(-1), -1);
        await calls.LoadsAsync(1, async () => {{await}}service.Get(-1), -1);
        """);

    [Theory]
    [InlineData("int", "calls.Next()", "", "int")]
    [InlineData("Task<int>", "Task.FromResult(calls.Next())", "await ", "long")]
    [InlineData("ValueTask<int>", "new ValueTask<int>(calls.Next())", "await ", "object")]
    [InlineData("static int", "calls.Next()", "", "int")]
    public Task Unless(string type, string load, string await, string result) => Shape.RunAsync(
        $$"""
        public sealed partial class Service
        {
            public static Cache Cache { get; set; } = null!;
            public static Calls calls { get; set; } = null!;

            [Cached("item:{id}", Ttl = 60, Unless = nameof(IsOdd))]
            public {{(type.StartsWith("static", StringComparison.Ordinal) ? "static partial int" : "partial " + type)}} Get(int id);

            private {{type}} GetCore(int id) => {{load}};

            private static bool IsOdd({{result}} value, int id) => id > 0 && Convert.ToInt64(value) % 2 != 0;
        }
        """,
        $$"""
        Service.Cache = cache;
        Service.calls = calls;
        {{(type.StartsWith("static", StringComparison.Ordinal) ? "" : "var service = new Service();")}}
        await calls.LoadsAsync(1, async () => {{await}}{{(type.StartsWith("static", StringComparison.Ordinal) ? "Service" : "service")}}.Get(1), 1);
        await calls.LoadsAsync(1, async () => {{await}}{{(type.StartsWith("static", StringComparison.Ordinal) ? "Service" : "service")}}.Get(1), 2);
        await calls.LoadsAsync(0, async () => {{await}}{{(type.StartsWith("static", StringComparison.Ordinal) ? "Service" : "service")}}.Get(1), 2);
        """);

    [Fact]
    public Task Unless_with_everything_at_once() => Shape.RunAsync(
        """
        public partial class Service<T>(Cache cache, Calls calls)
            where T : class
        {
            [Cached("item:{id}:{names}", Ttl = 60, Unless = nameof(IsNone), When = nameof(IsKnown), NullTtl = 5)]
            public partial Task<List<T>?> GetAsync(CancellationToken ct, int id, params string[] names);

            private Task<List<T>?> GetCoreAsync(CancellationToken ct, int id, params string[] names) => calls.ReturnAsync(id == 0 ? null : new List<T>());

            private bool IsNone(IReadOnlyCollection<T>? result, IEnumerable<string> names) => result is null && calls.Count > 0 && names.Any();

            private static bool IsKnown() => true;
        }
        """,
        """
        var service = new Service<string>(cache, calls);
        await calls.LoadsAsync(1, async () => (await service.GetAsync(default, 1, "a"))!.Count, 0);
        await calls.LoadsAsync(0, async () => (await service.GetAsync(default, 1, "a"))!.Count, 0);
        await calls.LoadsAsync(1, () => service.GetAsync(default, 0, "a"), null);
        await calls.LoadsAsync(1, () => service.GetAsync(default, 0, "a"), null);
        await calls.LoadsAsync(1, () => service.GetAsync(default, 0), null);
        await calls.LoadsAsync(0, () => service.GetAsync(default, 0), null);
        """);

    [Theory]
    [InlineData("string?", "NullTtl = 0", 1)]
    [InlineData("int?", "NullTtl = 0", 1)]
    [InlineData("string?", "NullTtl = 30", 0)]
    [InlineData("string?", "Policy = \"none\"", 0)]
    public Task NullTtl(string type, string option, int loads) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("sync:{id}", Ttl = 60, {{option}})]
            public partial {{type}} Get(int id);

            private {{type}} GetCore(int id) => calls.Return<{{type}}>(null);

            [Cached("task:{id}", Ttl = 60, {{option}})]
            public partial Task<{{type}}> GetAsync(int id);

            private Task<{{type}}> GetCoreAsync(int id) => calls.ReturnAsync<{{type}}>(null);
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        calls.Loads(1, () => service.Get(1), null);
        calls.Loads({{loads}}, () => service.Get(1), null);
        await calls.LoadsAsync(1, () => service.GetAsync(1), null);
        await calls.LoadsAsync({{loads}}, () => service.GetAsync(1), null);
        Assert.Equal({{(loads == 0 ? "true" : "false")}}, await cache.ExistsAsync("sync:1"));
        """);

    [Theory]
    [InlineData("CacheTiers.None", 1)]
    [InlineData("CacheTiers.Local", 0)]
    [InlineData("CacheTiers.Both", 0)]
    [InlineData("CacheTiers.Local | CacheTiers.Backend", 0)]
    public Task Tiers(string tiers, int loads) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60, Tiers = {{tiers}})]
            public partial Task<int> GetAsync(int id);

            private Task<int> GetCoreAsync(int id) => calls.ReturnAsync(id);
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        await calls.LoadsAsync(1, () => service.GetAsync(1), 1);
        await calls.LoadsAsync({{loads}}, () => service.GetAsync(1), 1);
        """);

    [Theory]
    [InlineData("LocalCapacity = 3", 3)]
    [InlineData("LocalCapacity = int.MaxValue", 20)]
    [InlineData("Policy = nameof(Service)", 20)]
    public Task LocalCapacity(string option, int kept) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60, {{option}})]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Return(id);
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        for (int id = 0; id < 20; id++)
            service.Get(id);
        Assert.Equal({{kept}}, await cache.ClearAsync("item:*"));
        """);

    [Theory]
    [InlineData("private int Load(int id) => calls.Return(id);")]
    [InlineData("public static int Load(int id) => Counter.Calls.Return(id);")]
    [InlineData("protected virtual int Load(int renamed) => calls.Return(renamed);")]
    public Task A_loader_by_name(string loader) => Shape.RunAsync(
        $$"""
        #pragma warning disable CS9113
        public static class Counter
        {
            public static Calls Calls { get; set; } = null!;
        }

        public partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60, Loader = nameof(Load))]
            public partial int Get(int id);

            {{loader}}
        }
        """,
        """
        Counter.Calls = calls;
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get(1), 1, () => service.Get(2), 2);
        """);

    [Fact]
    public Task Two_methods_with_one_loader() => Shape.RunAsync(
        """
        public partial class Service(Cache cache, Calls calls)
        {
            [Cached("brief:{id}", Ttl = 1, Loader = nameof(Load))]
            public partial int GetBriefly(int id);

            [Cached("long:{id}", Ttl = 100, Loader = nameof(Load))]
            public partial int GetLong(int id);

            private int Load(int id) => calls.Return(id);
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.AreCached(() => service.GetBriefly(1), 1, () => service.GetLong(1), 1);
        Assert.InRange((await cache.GetTtlAsync("long:1"))!.Value.TotalSeconds, 50, 100);
        """);

    [Theory]
    [InlineData("1e300")]
    [InlineData("double.MaxValue")]
    [InlineData("long.MaxValue")]
    [InlineData("0.001 * 60_000")]
    [InlineData("1f / 3")]
    public Task Ttl_is_any_number(string ttl) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = {{ttl}}, NullTtl = double.Epsilon)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Return(id * 10);
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get(1), 10, () => service.Get(2), 20);
        """);
}
