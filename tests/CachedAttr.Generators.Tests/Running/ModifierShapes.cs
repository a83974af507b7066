namespace CachedAttr.Generators.Tests.Running;

/// <summary>The modifiers that a cached method may have.</summary>
public sealed class ModifierShapes
{
    [Theory]
    [InlineData("public")]
    [InlineData("internal")]
    [InlineData("protected")]
    [InlineData("private")]
    [InlineData("protected internal")]
    [InlineData("private protected")]
    [InlineData("internal protected")]
    public Task Of_every_accessibility(string access) => Shape.RunAsync(
        $$"""
        public partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            {{access}} partial int Get(int id);

            private int GetCore(int id) => calls.Return(id * 10);

            public int Call(int id) => Get(id);
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Call(1), 10, () => service.Call(2), 20);
        """);

    [Theory]
    [InlineData("public virtual")]
    [InlineData("virtual internal")]
    [InlineData("public new", "public int Get(int id) => id;")]
    [InlineData("new public virtual", "public int Get(int id) => id;")]
    [InlineData("public override", "public virtual int Get(int id) => id;")]
    [InlineData("public sealed override", "public abstract int Get(int id);")]
    [InlineData("override sealed protected internal", "protected internal abstract int Get(int id);")]
    public Task Of_every_place_in_a_hierarchy(string modifiers, string inherited = "") => Shape.RunAsync(
        $$"""
        public abstract class Base
        {
            {{inherited}}
        }

        public partial class Service(Cache cache, Calls calls) : Base
        {
            [Cached("item:{id}", Ttl = 60)]
            {{modifiers}} partial int Get(int id);

            private int GetCore(int id) => calls.Return(id * 10);
        }
        """,
        """
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get(1), 10, () => service.Get(2), 20);
        """);

    [Fact]
    public Task A_virtual_method_and_its_override_that_calls_it() => Shape.RunAsync(
        """
        namespace Demo;

        public partial class Base(Cache cache, Calls calls)
        {
            protected Cache Cache { get; } = cache;

            protected Calls Calls { get; } = calls;

            [Cached(Ttl = 60)]
            public virtual partial Task<int> GetAsync(int id);

            private Task<int> GetCoreAsync(int id) => Calls.ReturnAsync(id * 10);
        }

        public sealed partial class Derived(Cache cache, Calls calls) : Base(cache, calls)
        {
            [Cached(Ttl = 60)]
            public override partial Task<int> GetAsync(int id);

            private async Task<int> GetCoreAsync(int id) => Calls.Return(await base.GetAsync(id) * 10);
        }
        """,
        """
        Demo.Base service = new Demo.Derived(cache, calls);
        await calls.LoadsAsync(2, () => service.GetAsync(1), 100);
        await calls.LoadsAsync(0, () => service.GetAsync(1), 100);
        await calls.LoadsAsync(0, () => new Demo.Base(cache, calls).GetAsync(1), 10);
        """);

    [Fact]
    public Task A_generic_override_that_inherits_its_constraints() => Shape.RunAsync(
        """
        namespace Demo;

        public abstract class Base
        {
            public abstract T? Find<T, U>(int id)
                where T : class
                where U : struct, Enum;

            public abstract T? Create<T>(int id);
        }

        public sealed partial class Service(Cache cache, Calls calls) : Base
        {
            [Cached("item:{id}", Ttl = 60)]
            public override partial T? Find<T, U>(int id)
                where T : class;

            private T? FindCore<T, U>(int id)
                where T : class
                where U : struct, Enum => calls.Return<T?>(null);

            [Cached("created:{id}", Ttl = 60)]
            public override partial T? Create<T>(int id)
                where T : default;

            private T? CreateCore<T>(int id) => calls.Return<T?>(default);
        }
        """,
        """
        var service = new Demo.Service(cache, calls);
        calls.AreCached(() => service.Find<string, DayOfWeek>(1), null, () => service.Find<string, ConsoleColor>(1), null);
        calls.Loads(1, () => service.Create<int>(1), 0);
        calls.Loads(1, () => service.Create<string>(1), null);
        calls.Loads(0, () => service.Create<string>(1), null);
        """);

    [Fact]
    public Task That_implements_interfaces_implicitly() => Shape.RunAsync(
        """
        namespace Demo;

        public interface IGet<TKey, TValue>
        {
            Task<TValue?> GetAsync(TKey key, CancellationToken ct = default);
        }

        public interface IMake
        {
            static abstract int Make(int id);
        }

        public sealed partial class Service(Cache cache, Calls calls) : IGet<int, string>, IMake
        {
            public static Calls Calls { get; } = new();

            [Cached("item:{key}", Ttl = 60)]
            public partial Task<string?> GetAsync(int key, CancellationToken ct = default);

            private Task<string?> GetCoreAsync(int key, CancellationToken ct) => calls.ReturnAsync<string?>($"{key}");

            [Cached("implements:made:{id}", Ttl = 60)]
            public static partial int Make(int id);

            private static int MakeCore(int id) => Calls.Return(id);

            public static int Via<T>(int id)
                where T : IMake => T.Make(id);
        }
        """,
        """
        Demo.IGet<int, string> service = new Demo.Service(cache, calls);
        await calls.AreCachedAsync(() => service.GetAsync(1), "1", () => service.GetAsync(2), "2");
        Demo.Service.Calls.AreCached(() => Demo.Service.Via<Demo.Service>(1), 1, () => Demo.Service.Via<Demo.Service>(2), 2);
        """);

    [Fact]
    public Task That_extends_another_type() => Shape.RunAsync(
        """
        namespace Demo;

        public static partial class Extensions
        {
            public static Calls Calls { get; } = new();

            [Cached("extensions:{text}:{times}", Ttl = 60)]
            public static partial string Repeat(this string text, int times = 2);

            private static string RepeatCore(this string text, int times) => Calls.Return(string.Concat(Enumerable.Repeat(text, times)));

            [InvalidateCache("extensions:{text}:*")]
            public static partial void Forget(this string text);

            private static void ForgetCore(string text)
            {
            }
        }
        """,
        """
        Demo.Extensions.Calls.AreCached(() => Demo.Extensions.Repeat("ab"), "abab", () => Demo.Extensions.Repeat("ab", 3), "ababab");
        Demo.Extensions.Forget("ab");
        Demo.Extensions.Calls.Loads(1, () => Demo.Extensions.Repeat("ab"), "abab");
        """);
}
