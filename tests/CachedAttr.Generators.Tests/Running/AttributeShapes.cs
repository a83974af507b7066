namespace CachedAttr.Generators.Tests.Running;

/// <summary>Other attributes beside ours, and other types of the same names.</summary>
public sealed class AttributeShapes
{
    [Fact]
    public Task That_is_obsolete_in_a_type_that_is_obsolete_with_parameters_that_are() => Shape.RunAsync(
        """
        #pragma warning disable CS0618, CS0612
        namespace Demo;

        [Obsolete("old")]
        public sealed record OldFilter([property: Obsolete] int Id);

        [Obsolete]
        public enum OldKind
        {
            A,
        }

        [Obsolete("old")]
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Obsolete("use another")]
            [Cached("item:{filter}:{kind}:{filter.Id}", Ttl = 60)]
            public partial int Get(OldFilter filter, OldKind kind);

            private int GetCore(OldFilter filter, OldKind kind) => calls.Return(filter.Id);

            [Obsolete]
            [InvalidateCache(Method = nameof(Get))]
            public partial void Change(OldFilter filter);

            private void ChangeCore(OldFilter filter)
            {
            }
        }
        """,
        """
        #pragma warning disable CS0618, CS0612
        var service = new Demo.Service(cache, calls);
        calls.AreCached(() => service.Get(new(1), default), 1, () => service.Get(new(2), default), 2);
        service.Change(new(1));
        calls.Loads(1, () => service.Get(new(1), default), 1);
        #pragma warning restore CS0618, CS0612
        """);

    [Fact]
    public Task That_is_experimental() => new Shape(
        """
        using System.Diagnostics.CodeAnalysis;

        namespace Demo;

        [Experimental("EXP01")]
        public sealed record Filter(int Id);

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Experimental("EXP01")]
            [Cached("item:{filter}", Ttl = 60)]
            public partial int Get(Filter filter);

            [Experimental("EXP01")]
            private int GetCore(Filter filter) => calls.Return(filter.Id);
        }
        """)
    { NoWarn = ["EXP01"] }.RunAsync(
        """
        var service = new Demo.Service(cache, calls);
        calls.AreCached(() => service.Get(new(1)), 1, () => service.Get(new(2)), 2);
        """);

    [Fact]
    public Task With_other_attributes_and_aliases_of_ours() => Shape.RunAsync(
        """
        using System.ComponentModel;
        using System.Diagnostics;
        using System.Runtime.CompilerServices;
        using Keep = CachedAttr.CachedAttribute;
        using Forget = CachedAttr.InvalidateCacheAttribute;

        namespace Demo;

        public sealed partial class Service(Cache cache, Calls calls)
        {
            private const string Prefix = "item";

            [DebuggerStepThrough, Keep(Prefix + ":" + "{id}", Ttl = 30 * 2), Description("a \"quoted\" text")]
            [EditorBrowsable(EditorBrowsableState.Never)]
            public partial int Get([Description("the id")] int id, [CallerMemberName, CacheKeyIgnore] string caller = "");

            [MethodImpl(MethodImplOptions.NoInlining)]
            private int GetCore(int id, string caller) => calls.Return(id * 10);

            [global::CachedAttr.Cached(key: @"other:{id}")]
            public partial int Other(int id);

            private int OtherCore(int id) => calls.Return(id * 10);

            [Forget(patterns: ["item:{id}", $"{nameof(Other)}:*", "other:{id}"])]
            public partial void Change(int id);

            private void ChangeCore(int id)
            {
            }
        }
        """,
        """
        var service = new Demo.Service(cache, calls);
        calls.AreCached(() => service.Get(1), 10, () => service.Get(2), 20);
        calls.AreCached(() => service.Other(1), 10, () => service.Other(2), 20);
        service.Change(1);
        calls.Loads(1, () => service.Get(1), 10);
        calls.Loads(1, () => service.Other(1), 10);
        """);

    [Fact]
    public Task Beside_other_types_of_the_same_names() => Shape.RunAsync(
        """
        namespace Demo;

        [AttributeUsage(AttributeTargets.Method)]
        public sealed class CachedAttribute : Attribute
        {
        }

        public sealed class Cache
        {
        }

        public sealed partial class Service(global::CachedAttr.Cache cache, Calls calls, Cache other)
        {
            public Cache Other { get; } = other;

            [global::CachedAttr.Cached("item:{id}", Ttl = 60)]
            [Cached]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Return(id);

            [Cached]
            public int Get(string text) => 1;

            [InvalidateCache(Method = nameof(Get))]
            public partial void Change(int id);

            private void ChangeCore(int id)
            {
            }
        }
        """,
        """
        var service = new Demo.Service(cache, calls, new());
        calls.AreCached(() => service.Get(1), 1, () => service.Get(2), 2);
        service.Change(1);
        calls.Loads(1, () => service.Get(1), 1);
        """);
}
