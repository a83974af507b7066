namespace CachedAttr.Generators.Tests.Running;

/// <summary>Where a type may keep its cache.</summary>
public sealed class CacheMemberShapes
{
    [Theory]
    [InlineData("private readonly Cache _cache = cache;")]
    [InlineData("public Cache Store { get; } = cache;")]
    [InlineData("public required Cache Store { private get; init; }", "{ Store = cache }")]
    [InlineData("private Cache Store => _holder[0]; private readonly Cache[] _holder = [cache];")]
    [InlineData("private Cache? Maybe { get; set; } = cache;")]
    [InlineData("private readonly Cache? @class = cache;")]
    [InlineData("private readonly Cache id = cache;")]
    [InlineData("private readonly Cache region = cache;")]
    [InlineData("")]
    public Task A_member(string member, string initializer = "") => Shape.RunAsync(
        $$"""
        #pragma warning disable CS9113 // some do not need the parameter
        public sealed partial class Service(Cache cache, Calls calls)
        {
            {{member}}

            [Cached("item:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Return(id * 10);

            [InvalidateCache("item:{id}")]
            public partial void Change(int id);

            private void ChangeCore(int id)
            {
            }
        }
        """,
        $$"""
        var service = new Service(cache, calls) {{initializer}};
        calls.AreCached(() => service.Get(1), 10, () => service.Get(2), 20);
        Assert.True(await cache.ExistsAsync("item:1"));
        service.Change(1);
        Assert.False(await cache.ExistsAsync("item:1"));
        """);

    [Theory]
    [InlineData("public class Base(Cache cache) { protected Cache Cache { get; } = cache; }")]
    [InlineData("public class Base(Cache cache) { protected readonly Cache _cache = cache; }")]
    [InlineData("public class Base<T>(T cache) where T : class { protected internal T Cache { get; } = cache; }", "<Cache>")]
    [InlineData("public class Root(Cache cache) { internal Cache Cache { get; } = cache; } public class Base(Cache cache) : Root(cache) { private int Cache2 => 1; public int Use() => Cache2; }")]
    [InlineData("public abstract record Base(Cache Cache);", "", "record")]
    public Task A_member_of_a_base_class(string @base, string arguments = "", string kind = "class") => Shape.RunAsync(
        $$"""
        {{@base}}

        public sealed partial {{kind}} Service(Cache given, Calls Calls) : Base{{arguments}}(given)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => Calls.Return(id * 10);
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get(1), 10, () => service.Get(2), 20);
        Assert.True(await cache.ExistsAsync("item:1"));
        """);

    [Fact]
    public Task A_static_one_for_static_methods() => Shape.RunAsync(
        """
        public static partial class Service
        {
            public static Cache? Store { get; set; }

            public static Calls Calls { get; } = new();

            [Cached("static:{id}", Ttl = 60)]
            public static partial Task<int> GetAsync(int id);

            private static Task<int> GetCoreAsync(int id) => Calls.ReturnAsync(id * 10);
        }
        """,
        """
        await Service.Calls.LoadsAsync(1, () => Service.GetAsync(1), 10);
        Assert.True(await Cache.Default.ExistsAsync("static:1"));
        Service.Store = cache;
        await Service.Calls.AreCachedAsync(() => Service.GetAsync(1), 10, () => Service.GetAsync(2), 20);
        Assert.True(await cache.ExistsAsync("static:1"));
        """);

    [Fact]
    public Task None_is_the_default_one() => Shape.RunAsync(
        """
        public sealed partial class Service(Calls calls)
        {
            [Cached("no-cache-member:{id}", Ttl = 60)]
            public partial ValueTask<int> GetAsync(int id);

            private ValueTask<int> GetCoreAsync(int id) => calls.ReturnValueAsync(id * 10);

            [InvalidateCache("no-cache-member:{id}")]
            public partial Task ChangeAsync(int id);

            private Task ChangeCoreAsync(int id) => Task.CompletedTask;
        }
        """,
        """
        var service = new Service(calls);
        await calls.AreCachedAsync(() => service.GetAsync(1), 10, () => service.GetAsync(2), 20);
        Assert.True(await Cache.Default.ExistsAsync("no-cache-member:1"));
        await service.ChangeAsync(1);
        await calls.LoadsAsync(1, () => service.GetAsync(1), 10);
        """);

    [Fact]
    public Task Two_caches_do_not_share() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Return(id * 10);
        }
        """,
        """
        using var other = Cache.Create();
        calls.AreCached(() => new Service(cache, calls).Get(1), 10, () => new Service(other, calls).Get(1), 10);
        """);

    [Fact]
    public Task A_parameter_that_hides_the_member() => Shape.RunAsync(
        """
        public sealed partial class Service(Calls calls)
        {
            private static Cache cache = null!;
            private readonly Cache _first = cache;

            public static void Use(Cache value) => cache = value;

            [Cached("item:{cache}:{calls}:{_first}", Ttl = 60)]
            public partial int Get(int cache, string calls, int _first);

            private int GetCore(int cache, string text, int first) => calls.Return(cache);

            [Cached("static:{cache}", Ttl = 60)]
            public static partial int Echo(int cache);

            private static int EchoCore(int cache) => cache;
        }
        """,
        """
        Service.Use(cache);
        var service = new Service(calls);
        calls.AreCached(() => service.Get(1, "a", 0), 1, () => service.Get(2, "a", 0), 2);
        Assert.Equal(3, Service.Echo(3));
        Assert.True(await cache.ExistsAsync("item:1:a:0"));
        Assert.True(await cache.ExistsAsync("static:3"));
        """);
}
