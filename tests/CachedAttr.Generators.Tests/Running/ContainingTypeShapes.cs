namespace CachedAttr.Generators.Tests.Running;

/// <summary>The types in which a cached method may stand.</summary>
public sealed class ContainingTypeShapes
{
    [Theory]
    [InlineData("class")]
    [InlineData("sealed partial class", "sealed ")]
    [InlineData("struct")]
    [InlineData("readonly struct")]
    [InlineData("record")]
    [InlineData("record class")]
    [InlineData("record struct")]
    [InlineData("readonly record struct")]
    public Task With_a_primary_constructor(string kind, string modifiers = "") => Shape.RunAsync(
        $$"""
        namespace Demo;

        public {{modifiers}}{{Partial(kind)}} Service(Cache Cache, Calls Calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial Task<int> GetAsync(int id);

            private Task<int> GetCoreAsync(int id) => Calls.ReturnAsync(id * 10);
        }
        """,
        """
        var service = new Demo.Service(cache, calls);
        await calls.AreCachedAsync(() => service.GetAsync(1), 10, () => service.GetAsync(2), 20);
        """);

    [Theory]
    [InlineData("class")]
    [InlineData("struct")]
    [InlineData("readonly struct")]
    [InlineData("record")]
    [InlineData("record struct")]
    [InlineData("interface")]
    [InlineData("class", "<T>", "<int>")]
    [InlineData("interface", "<T, U>", "<int, string>")]
    [InlineData("readonly record struct", "<@class>", "<int>")]
    public Task Nested_in_another_type(string kind, string parameters = "", string arguments = "") => Shape.RunAsync(
        $$"""
        namespace Demo;

        public {{Partial(kind)}} Outer{{parameters}}
        {
            public sealed partial class Service(Cache cache, Calls calls)
            {
                [Cached("item:{id}", Ttl = 60)]
                public partial int Get(int id);

                private int GetCore(int id) => calls.Return(id * 10);
            }
        }
        """,
        $$"""
        var service = new Demo.Outer{{arguments}}.Service(cache, calls);
        calls.AreCached(() => service.Get(1), 10, () => service.Get(2), 20);
        """);

    [Fact]
    public Task Nested_four_deep_with_types_of_every_access() => Shape.RunAsync(
        """
        public abstract partial class One
        {
            internal readonly partial record struct Two<T>
            {
                internal partial interface IThree
                {
                    public static partial class Four
                    {
                        public static Calls Calls { get; } = new();

                        [Cached(Ttl = 60)]
                        internal static partial int Get(int id);

                        private static int GetCore(int id) => Calls.Return(id * 10);
                    }
                }
            }
        }
        """,
        """
        One.Two<int>.IThree.Four.Calls.AreCached(() => One.Two<int>.IThree.Four.Get(1), 10, () => One.Two<int>.IThree.Four.Get(2), 20);
        One.Two<string>.IThree.Four.Calls.Loads(1, () => One.Two<string>.IThree.Four.Get(1), 10);
        """);

    [Fact]
    public Task Types_of_one_name_in_two_namespaces_and_of_two_arities() => Shape.RunAsync(
        """
        namespace One
        {
            public sealed partial class Service(Cache cache, Calls calls)
            {
                [Cached(Ttl = 60)]
                public partial int Get(int id);

                private int GetCore(int id) => calls.Return(id * 10);
            }

            public sealed partial class Service<T>(Cache cache, Calls calls)
            {
                [Cached(Ttl = 60)]
                public partial int Get(int id);

                private int GetCore(int id) => calls.Return(id * 100);
            }
        }

        namespace One.Two
        {
            public sealed partial class Service(Cache cache, Calls calls)
            {
                [Cached(Ttl = 60)]
                public partial int Get(int id);

                private int GetCore(int id) => calls.Return(id * 1000);
            }
        }
        """,
        """
        calls.AreCached(() => new One.Service(cache, calls).Get(1), 10, () => new One.Two.Service(cache, calls).Get(1), 1000);
        calls.AreCached(() => new One.Service<int>(cache, calls).Get(1), 100, () => new One.Service<string>(cache, calls).Get(1), 100);
        """);

    [Fact]
    public Task Types_whose_names_differ_only_in_case() => Shape.RunAsync(
        """
        namespace Demo;

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("upper:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Return(id * 10);
        }

        public sealed partial class SERVICE(Cache cache, Calls calls)
        {
            [Cached("lower:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Return(id * 100);
        }
        """,
        """
        calls.AreCached(() => new Demo.Service(cache, calls).Get(1), 10, () => new Demo.SERVICE(cache, calls).Get(1), 100);
        """);

    [Fact]
    public Task A_class_with_members_that_generated_code_would_add() => Shape.RunAsync(
        """
        namespace Demo;

        public sealed record Filter(string Text);

        public sealed partial class Service(Cache cache, Calls calls)
        {
            public int CacheKeys => 1;

            public int CachedMethods => 2;

            public int KeyParts() => 3;

            public sealed class InvalidationPatterns
            {
            }

            public static class System
            {
            }

            public static class CachedAttr
            {
            }

            [Cached("filter:{filter}:{id}", Ttl = 60)]
            public partial int Get(Filter filter, int id);

            private int GetCore(Filter filter, int id) => calls.Return(id * 10);

            [InvalidateCache("filter:{filter}:*")]
            public partial void Change(Filter filter);

            private void ChangeCore(Filter filter)
            {
            }
        }
        """,
        """
        var service = new Demo.Service(cache, calls);
        calls.AreCached(() => service.Get(new("a"), 1), 10, () => service.Get(new("a"), 2), 20);
        service.Change(new("a"));
        calls.Loads(1, () => service.Get(new("a"), 1), 10);
        """);

    [Fact]
    public Task A_base_class_and_a_derived_one_that_both_cache() => Shape.RunAsync(
        """
        namespace Demo;

        public partial class Base(Cache cache, Calls calls)
        {
            protected Cache Cache { get; } = cache;

            protected Calls Calls { get; } = calls;

            [Cached("base:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => Calls.Return(id * 10);
        }

        public sealed partial class Derived(Cache cache, Calls calls) : Base(cache, calls)
        {
            [Cached("derived:{id}", Ttl = 60)]
            public partial int GetMore(int id);

            private int GetMoreCore(int id) => Calls.Return(Get(id) * 10);

            [InvalidateCache(Method = nameof(Get))]
            [InvalidateCache(Method = nameof(GetMore))]
            public partial void Change(int id);

            private void ChangeCore(int id)
            {
            }
        }
        """,
        """
        var service = new Demo.Derived(cache, calls);
        calls.Loads(2, () => service.GetMore(1), 100);
        calls.Loads(0, () => service.GetMore(1), 100);
        calls.Loads(0, () => service.Get(1), 10);
        service.Change(1);
        calls.Loads(2, () => service.GetMore(1), 100);
        Assert.Equal("base:1", Demo.Base.CacheKeys.Get(1).Text);
        Assert.Equal("derived:1", Demo.Derived.CacheKeys.GetMore(1).Text);
        """);

    [Fact]
    public Task In_a_type_that_cannot_have_it_nothing_is_generated_and_the_compiler_says_what_is_missing()
    {
        var generated = new Shape(
            """
            file sealed partial class Hidden
            {
                [Cached("x:{id}", Ttl = 60)]
                public partial int Get(int id);

                private int GetCore(int id) => id;
            }
            """).Generate();
        Assert.Null(generated.Exception);
        Assert.Empty(generated.Files);
        Assert.Equal("CS8795", Assert.Single(generated.Problems).Id);
        return Task.CompletedTask;
    }

    private static string Partial(string kind) => kind.Contains("partial", StringComparison.Ordinal) ? kind.Replace("sealed ", "", StringComparison.Ordinal)
        : kind.StartsWith("readonly ", StringComparison.Ordinal) ? "readonly partial " + kind["readonly ".Length..]
        : "partial " + kind;
}
