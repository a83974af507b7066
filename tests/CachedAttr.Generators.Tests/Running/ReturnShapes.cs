namespace CachedAttr.Generators.Tests.Running;

/// <summary>What a cached method may return, and where it may stand: every kind of result in every kind of method.</summary>
public sealed class ReturnShapes
{
    [Theory]
    [InlineData("", "int")]
    [InlineData("", "Task<int>")]
    [InlineData("", "ValueTask<int>")]
    [InlineData("static ", "int")]
    [InlineData("static ", "Task<int>")]
    [InlineData("static ", "ValueTask<int>")]
    public Task A_number(string modifier, string type) => Shape.RunAsync(
        $$"""
        namespace Demo;

        public sealed partial class Service
        {
            public static Cache Cache { get; set; } = null!;
            public static Calls Calls { get; set; } = null!;

            [Cached("item:{id}", Ttl = 60)]
            public {{modifier}}partial {{type}} Get(int id);

            private {{modifier}}{{type}} GetCore(int id) => Calls.{{Loader(type)}}(id * 10);
        }
        """,
        $$"""
        Demo.Service.Cache = cache;
        Demo.Service.Calls = calls;
        {{(modifier == "" ? "var service = new Demo.Service();" : "")}}
        await calls.AreCachedAsync(async () => {{Await(type)}}{{Receiver(modifier)}}Get(1), 10, async () => {{Await(type)}}{{Receiver(modifier)}}Get(2), 20);
        """);

    [Theory]
    [InlineData("", "T")]
    [InlineData("", "Task<T?>")]
    [InlineData("", "ValueTask<T>")]
    [InlineData("static ", "T?")]
    [InlineData("static ", "Task<T>")]
    [InlineData("static ", "ValueTask<T?>")]
    public Task A_type_argument(string modifier, string type) => Shape.RunAsync(
        $$"""
        namespace Demo;

        public sealed partial class Service
        {
            public static Cache Cache { get; set; } = null!;
            public static Calls Calls { get; set; } = null!;

            [Cached("item:{id}", Ttl = 60)]
            public {{modifier}}partial {{type}} Get<T>(int id);

            private {{modifier}}{{type}} GetCore<T>(int id) => Calls.{{Loader(type)}}<{{(type.Contains('?', StringComparison.Ordinal) ? "T?" : "T")}}>(typeof(T) == typeof(int) ? (T)(object)id : (T)(object)$"{id}");
        }
        """,
        $$"""
        Demo.Service.Cache = cache;
        Demo.Service.Calls = calls;
        {{(modifier == "" ? "var service = new Demo.Service();" : "")}}
        await calls.AreCachedAsync(async () => {{Await(type)}}{{Receiver(modifier)}}Get<int>(1), 1, async () => {{Await(type)}}{{Receiver(modifier)}}Get<int>(2), 2);
        await calls.LoadsAsync(1, async () => {{Await(type)}}{{Receiver(modifier)}}Get<string>(1), "1");
        await calls.LoadsAsync(0, async () => {{Await(type)}}{{Receiver(modifier)}}Get<string>(1), "1");
        """);

    [Theory]
    [InlineData("string?")]
    [InlineData("int?")]
    [InlineData("byte[]?")]
    [InlineData("(int Id, string? Name)?")]
    [InlineData("IReadOnlyList<string?>?")]
    [InlineData("Dictionary<string, List<(int? A, string?[]? B)>?>?")]
    [InlineData("string?[]?[]?")]
    [InlineData("Lazy<Func<string?, int?>>?")]
    [InlineData("Demo.Outer<string?>.Inner<int>?")]
    [InlineData("System.Text.StringBuilder?")]
    public Task A_null_is_a_value(string type) => Shape.RunAsync(
        $$"""
        namespace Demo;

        public sealed class Outer<TOuter>
        {
            public sealed class Inner<TInner>
            {
            }
        }

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("sync:{id}", Ttl = 60)]
            public partial {{type}} Get(int id);

            private {{type}} GetCore(int id) => calls.Return<{{type}}>(null);

            [Cached("task:{id}", Ttl = 60)]
            public partial Task<{{type}}> GetAsync(int id);

            private Task<{{type}}> GetCoreAsync(int id) => calls.ReturnAsync<{{type}}>(null);
        }
        """,
        """
        var service = new Demo.Service(cache, calls);
        calls.AreCached(() => service.Get(1), null, () => service.Get(2), null);
        await calls.AreCachedAsync(() => service.GetAsync(1), null, () => service.GetAsync(2), null);
        """);

    [Fact]
    public Task A_tuple_with_names() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial ValueTask<(int Id, string Name, (double X, double Y) Place)> GetAsync(int id);

            private ValueTask<(int Id, string Name, (double X, double Y) Place)> GetCoreAsync(int id) => calls.ReturnValueAsync((id, $"n{id}", (0.5, 1.5)));
        }
        """,
        """
        var service = new Service(cache, calls);
        await calls.AreCachedAsync(async () => (await service.GetAsync(1)).Place.X, 0.5, async () => (await service.GetAsync(2)).Place.Y, 1.5);
        Assert.Equal("n1", (await service.GetAsync(1)).Name);
        Assert.Equal("n1", (await cache.GetAsync(Service.CacheKeys.Get(1))).Name);
        """);

    [Fact]
    public Task A_dynamic_value() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial Task<dynamic> GetAsync(int id);

            private async Task<dynamic> GetCoreAsync(int id) => await calls.ReturnAsync<object>(id);

            [Cached("list:{id}", Ttl = 60)]
            public partial List<dynamic?> GetList(int id);

            private List<dynamic?> GetListCore(int id) => calls.Return(new List<dynamic?> { id, null });
        }
        """,
        """
        var service = new Service(cache, calls);
        await calls.AreCachedAsync(async () => (int)await service.GetAsync(1), 1, async () => (int)await service.GetAsync(2), 2);
        calls.AreCached(() => (int)service.GetList(1)[0]!, 1, () => (int)service.GetList(2)[0]!, 2);
        """);

    [Fact]
    public Task Attributes_on_the_result() => Shape.RunAsync(
        """
        using System.Diagnostics.CodeAnalysis;

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{name}", Ttl = 60)]
            [return: NotNullIfNotNull(nameof(name))]
            public partial string? Get(string? name);

            [return: NotNullIfNotNull(nameof(name))]
            private string? GetCore(string? name) => calls.Return(name?.ToUpperInvariant());

            [Cached("maybe:{id}", Ttl = 60)]
            [return: MaybeNull]
            public partial string Find([DisallowNull] int? id);

            [return: MaybeNull]
            private string FindCore([DisallowNull] int? id) => calls.Return<string?>(null)!;
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get("a").Length, 1, () => service.Get("bb").Length, 2);
        calls.AreCached(() => service.Find(1), null, () => service.Find(2), null);
        """);

    [Fact]
    public Task The_same_completed_task_on_every_hit() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial Task<int> GetAsync(int id);

            private Task<int> GetCoreAsync(int id) => calls.ReturnAsync(id);
        }
        """,
        """
        var service = new Service(cache, calls);
        await service.GetAsync(1);
        Assert.Same(service.GetAsync(1), service.GetAsync(1));
        """);

    [Fact]
    public Task An_exception_is_not_cached() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("sync:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Next() == 1 ? throw new TimeoutException() : 5;

            [Cached("task:{id}", Ttl = 60)]
            public partial Task<int> GetAsync(int id);

            private Task<int> GetCoreAsync(int id) => calls.Next() == 3 ? throw new TimeoutException() : Task.FromResult(5);

            [Cached("value:{id}", Ttl = 60)]
            public partial ValueTask<int> GetValueAsync(int id);

            private async ValueTask<int> GetValueCoreAsync(int id)
            {
                await Task.Yield();
                return calls.Next() == 5 ? throw new TimeoutException() : 5;
            }
        }
        """,
        """
        var service = new Service(cache, calls);
        Assert.Throws<TimeoutException>(() => { service.Get(1); });
        calls.Loads(1, () => service.Get(1), 5);
        await Assert.ThrowsAsync<TimeoutException>(() => service.GetAsync(1));
        await calls.LoadsAsync(1, () => service.GetAsync(1), 5);
        await Assert.ThrowsAsync<TimeoutException>(async () => await service.GetValueAsync(1));
        await calls.LoadsAsync(1, () => service.GetValueAsync(1), 5);
        calls.Loads(0, () => service.Get(1), 5);
        """);

    private static string Loader(string type) => type.StartsWith("Task", StringComparison.Ordinal) ? "ReturnAsync"
        : type.StartsWith("ValueTask", StringComparison.Ordinal) ? "ReturnValueAsync" : "Return";

    private static string Await(string type) => type.Contains("Task", StringComparison.Ordinal) ? "await " : "";

    [Fact]
    public Task A_method_that_calls_itself() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("sync:{n}", Ttl = 60)]
            public partial long Fibonacci(int n);

            private long FibonacciCore(int n) => calls.Return(n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2));

            [Cached("task:{n}", Ttl = 60)]
            public partial Task<long> FibonacciAsync(int n);

            private async Task<long> FibonacciCoreAsync(int n) => calls.Return(n < 2 ? n : await FibonacciAsync(n - 1) + await FibonacciAsync(n - 2));

            [Cached("same:{id}", Ttl = 60)]
            public partial int Same(int id);

            private int SameCore(int id) => calls.Next() % 4 == 0 ? 0 : Same(id);
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.Loads(51, () => service.Fibonacci(50), 12586269025);
        await calls.LoadsAsync(51, () => service.FibonacciAsync(50), 12586269025);
        Assert.Equal(0, await Task.Run(() => service.Same(1)).WaitAsync(TimeSpan.FromSeconds(30)));
        """);

    private static string Receiver(string modifier) => modifier.Length == 0 ? "service." : "Demo.Service.";
}
