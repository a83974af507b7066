using System.Globalization;
using RoslynHarness;

namespace CachedAttr.Generators.Tests.Running;

/// <summary>What a project may be: nullable contexts, checked documentation, cultures, other assemblies, no usings.</summary>
public sealed class ProjectShapes
{
    [Theory]
    [InlineData("disable")]
    [InlineData("disable annotations")]
    [InlineData("disable warnings")]
    [InlineData("enable")]
    public Task In_a_nullable_context(string context) => Shape.RunAsync(
        $$"""
        #nullable {{context}}
        namespace Demo;

        public class Filter
        {
            public string Text { get; set; }{{(context == "enable" ? " = \"\";" : "")}}

            public string[] Tags { get; set; }{{(context == "enable" ? " = [];" : "")}}
        }

        public sealed partial class Service<T>
            where T : class
        {
            private readonly Cache _cache;
            private readonly Calls _calls;

            public Service(Cache cache, Calls calls) => (_cache, _calls) = (cache, calls);

            [Cached("item:{name}:{filter}:{filter.Text}:{more}", Ttl = 60, Unless = nameof(IsNever))]
            public partial Task<Dictionary<string, List<T>>> GetAsync(string name, Filter filter, List<string> more = null{{(context == "enable" ? "!" : "")}});

            private Task<Dictionary<string, List<T>>> GetCoreAsync(string name, Filter filter, List<string> more) => _calls.ReturnAsync(new Dictionary<string, List<T>>());

            private bool IsNever(Dictionary<string, List<T>> result, string name) => name == "never";

            [Cached("text", Ttl = 60)]
            public partial string Get(string name);

            private string GetCore(string name) => _calls.Return(name);

            [InvalidateCache("text:{name}:*", "item:{result.Text}:*")]
            public partial Task<Filter> ChangeAsync(string name);

            private Task<Filter> ChangeCoreAsync(string name) => Task.FromResult(new Filter { Text = name });
        }
        """,
        """
        var service = new Demo.Service<string>(cache, calls);
        var filter = new Demo.Filter { Text = "x", Tags = ["a"] };
        await calls.AreCachedAsync(async () => (await service.GetAsync("a", filter)).Count, 0, async () => (await service.GetAsync("b", filter)).Count, 0);
        calls.AreCached(() => service.Get("a"), "a", () => service.Get(null!), null);
        await service.ChangeAsync("a");
        calls.Loads(1, () => service.Get("a"), "a");
        await calls.LoadsAsync(1, async () => (await service.GetAsync("a", filter)).Count, 0);
        """);

    [Fact]
    public Task With_documentation_that_is_checked() => new Shape(
        """
        namespace Demo;

        /// <summary>A service of <typeparamref name="T"/>.</summary>
        /// <typeparam name="T">Something.</typeparam>
        /// <param name="cache">The cache.</param>
        /// <param name="calls">The calls.</param>
        public partial class Service<T>(Cache cache, Calls calls)
        {
            /// <summary>Gets &lt;what&gt; <paramref name="id"/> says, see <see cref="CacheKeys.Get(int, List{int})"/>.</summary>
            /// <param name="id">The id.</param>
            /// <param name="list">A list.</param>
            /// <returns>A number.</returns>
            [Cached("<item>&:{T}:{id}:{list}", Ttl = 60)]
            public partial int Get(int id, List<int> list);

            private int GetCore(int id, List<int> list) => calls.Return(id * 10);

            /// <inheritdoc cref="Get"/>
            /// <typeparam name="TOther">Another.</typeparam>
            [Cached(Ttl = 60)]
            protected virtual partial int GetMore<TOther>(int id);

            private int GetMoreCore<TOther>(int id) => calls.Return(id * 10);

            /// <summary>Changes.</summary>
            /// <param name="id">The id.</param>
            [InvalidateCache("<item>&:*")]
            public partial void Change(int id);

            private void ChangeCore(int id)
            {
            }
        }
        """)
    { IsDocumented = true }.RunAsync(
        """
        var service = new Demo.Service<int>(cache, calls);
        calls.AreCached(() => service.Get(1, [1]), 10, () => service.Get(1, [2]), 10);
        service.Change(1);
        calls.Loads(1, () => service.Get(1, [1]), 10);
        """);

    [Fact]
    public async Task On_a_machine_with_Finnish_numbers()
    {
        const string Source = """
            public sealed partial class Service(Cache cache, Calls calls)
            {
                [Cached("item:{id}", Ttl = 0.5, NullTtl = 1e-3, LocalCapacity = 12345)]
                public partial double Get(double id);

                private double GetCore(double id) => calls.Return(id);
            }
            """;
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("fi-FI");
            Assert.Equal("−0,5", (-0.5).ToString(CultureInfo.CurrentCulture)); // a comma and U+2212
            var files = new Shape(Source).Generate().Files;
            Assert.Contains("Ttl = 0.5, NullTtl = 0.001, LocalCapacity = 12345", files["Service.g.cs"], StringComparison.Ordinal);
            await Shape.RunAsync(Source, """
                var service = new Service(cache, calls);
                calls.AreCached(() => service.Get(-0.5), -0.5, () => service.Get(0.5), 0.5);
                Assert.Equal("item:-0.5", Service.CacheKeys.Get(-0.5).Text);
                """);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public async Task Types_of_another_assembly()
    {
        var library = SourceProject.Of("""
            namespace Library;

            public enum Kind : byte
            {
                A,
                B = 200,
            }

            public sealed record Filter(string? Text, Kind Kind);

            public abstract class Base(Cache cache)
            {
                protected Cache Cache { get; } = cache;

                protected abstract int LoadAll(Filter filter, Kind kind);
            }

            public partial class Shared(Cache cache, CachedAttr.Generators.Tests.Running.Calls calls) : Base(cache)
            {
                [Cached("shared:{filter}:{kind}", Ttl = 60, Loader = nameof(LoadAll))]
                public virtual partial int Get(Filter filter, Kind kind);

                protected override int LoadAll(Filter filter, Kind kind) => calls.Next();
            }
            """) with
        { Name = "Library" };
        var generated = library.Generate();
        byte[] image = generated.Emit();
        var shape = new Shape("""
            using Library;

            namespace Demo;

            public sealed partial class Service(Cache store, Calls calls) : Shared(store, calls)
            {
                private readonly Calls _calls = calls;

                [Cached("own:{filter}:{kind}", Ttl = 60)]
                public override partial int Get(Filter filter, Kind kind);

                private int GetCore(Filter filter, Kind kind) => _calls.Return(base.Get(filter, kind));

                [InvalidateCache(Method = nameof(Get))]
                public partial void Change(Filter filter);

                private void ChangeCore(Filter filter)
                {
                }
            }
            """).Project("""
            var service = new Demo.Service(cache, calls);
            calls.Loads(2, () => service.Get(new("a", Library.Kind.B), Library.Kind.A), 1);
            calls.Loads(0, () => service.Get(new("a", Library.Kind.B), Library.Kind.A), 1);
            calls.Loads(0, () => new Library.Shared(cache, calls).Get(new("a", Library.Kind.B), Library.Kind.A), 1);
            service.Change(new("a", Library.Kind.B));
            calls.Loads(2, () => service.Get(new("a", Library.Kind.B), Library.Kind.A), 3);
            Assert.StartsWith("shared:", Library.Shared.CacheKeys.Get(new("a", default), default).Text);
            """) with
        { Name = "Application", References = [Microsoft.CodeAnalysis.MetadataReference.CreateFromImage(image)] };

        using var assembly = shape.Generate().Load(image);
        using var cache = Cache.Create();
        await assembly.InvokeAsync("Caller", "RunAsync", cache, new Calls());
        Assert.Contains("shared:{filter}:{kind}", generated.Files["CachedMethodManifest.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_using_and_beside_types_that_are_called_like_those_of_generated_code()
    {
        var project = SourceProject.Of("""
            namespace Demo
            {
                public class Task;
                public class ValueTask;
                public class Cache;
                public class CacheKey;
                public class CacheTiers;
                public class Func;
                public class HashCode;
                public class IEquatable;
                public class ReadOnlySpan;
                public class ValueTuple;
                public class KeyWriter;
                public class GeneratedCode;
                public class CancellationToken;
                public sealed record Filter(string? Text, System.Collections.Generic.Dictionary<string, int[]> Map, System.DateTime? At);

                public partial class Service(CachedAttr.Cache cache)
                {
                    [CachedAttr.Cached("a:{filter}:{secret}:{id}", Ttl = 0.5, Tiers = CachedAttr.CacheTiers.Local, When = nameof(IsOn), Unless = nameof(IsOff))]
                    public partial System.Threading.Tasks.Task<Filter?> GetAsync(Filter filter, [CachedAttr.Sensitive] string secret, int id, System.Threading.CancellationToken ct);

                    private System.Threading.Tasks.Task<Filter?> GetCoreAsync(Filter filter, string secret, int id, System.Threading.CancellationToken ct) =>
                        System.Threading.Tasks.Task.FromResult<Filter?>(filter);

                    private bool IsOn(int id) => id > 0;

                    private bool IsOff(Filter? result) => result is null;

                    [CachedAttr.Cached("b:{day:yyyy}:{id}:{name}", Ttl = 5)]
                    public static partial System.Threading.Tasks.ValueTask<int> GetAsync<T>(System.DateOnly day, System.Guid? id, string? name);

                    private static System.Threading.Tasks.ValueTask<int> GetCoreAsync<T>(System.DateOnly day, System.Guid? id, string? name) => new(1);

                    [CachedAttr.Cached("c", Ttl = 5, KeyBuilder = nameof(Build))]
                    public partial int Get(System.DayOfWeek day, char c, double d);

                    private int GetCore(System.DayOfWeek day, char c, double d) => 1;

                    private string Build(System.DayOfWeek day, char c, double d) => $"{day}{c}{d}";

                    [CachedAttr.Cached("d", Ttl = 5)]
                    public partial int Get(System.DayOfWeek day, char c, double? d, System.DateTime at, System.Net.IPAddress? address);

                    private int GetCore(System.DayOfWeek day, char c, double? d, System.DateTime at, System.Net.IPAddress? address) => 1;

                    [CachedAttr.InvalidateCache("a:{filter}:*", "b:{result.At:yyyy}:*", When = nameof(IsOff))]
                    [CachedAttr.InvalidateCache(Method = nameof(Get), On = CachedAttr.InvalidateOn.Always)]
                    public partial System.Threading.Tasks.Task<Filter> ChangeAsync(Filter filter);

                    private System.Threading.Tasks.Task<Filter> ChangeCoreAsync(Filter filter) => System.Threading.Tasks.Task.FromResult(filter);
                }
            }
            """) with
        { HasGlobalUsings = false };
        Assert.NotEmpty(project.Generate().Emit());
    }
}
