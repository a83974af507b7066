using CachedAttr.CodeFixes.Declarations;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>An ordinary method becomes a cached one in one step.</summary>
public sealed class MakeCachedFixTests
{
    private static readonly VerifyFix<DeclarationAnalyzer, MakeCachedFix> Method = new("CATTR010");
    private static readonly VerifyFix<DeclarationAnalyzer, MakeCachedFix> Type = new("CATTR011");

    [Fact]
    public Task The_body_moves_and_all_that_callers_see_stays() => Method.BecomesAsync(
        """
        namespace Shop;

        /// <summary>Servers.</summary>
        public sealed class ServerService(Cache cache)
        {
            private int _count;

            /// <summary>Gets a server.</summary>
            /// <param name="id">Its number.</param>
            /// <param name="ct">Cancels.</param>
            [Cached("server:{id}", Ttl = 600)]
            [System.ComponentModel.Description("cached")]
            public async Task<string?> GetServerAsync(int id, CancellationToken ct = default)
            {
                // The body stays as it is.
                await Task.Delay(  1, ct);
                _count++;
                return _count > 0 ? "x" : null;
            }

            public Task<string?> Caller() => GetServerAsync(1);
        }

        """,
        """
        namespace Shop;

        /// <summary>Servers.</summary>
        public sealed partial class ServerService(Cache cache)
        {
            private int _count;

            /// <summary>Gets a server.</summary>
            /// <param name="id">Its number.</param>
            /// <param name="ct">Cancels.</param>
            [Cached("server:{id}", Ttl = 600)]
            [System.ComponentModel.Description("cached")]
            public partial Task<string?> GetServerAsync(int id, CancellationToken ct = default);

            private async Task<string?> GetServerCoreAsync(int id, CancellationToken ct)
            {
                // The body stays as it is.
                await Task.Delay(  1, ct);
                _count++;
                return _count > 0 ? "x" : null;
            }

            public Task<string?> Caller() => GetServerAsync(1);
        }

        """);

    [Theory]
    [InlineData(
        "[Cached(Ttl = 60)]\n    public int Get(int id) => id + 1;",
        "[Cached(Ttl = 60)]\n    public partial int Get(int id);\n\n    private int GetCore(int id) => id + 1;")]
    [InlineData(
        "[Cached(Ttl = 60)]\n    public int Get(int id)\n        => id + 1; // one more",
        "[Cached(Ttl = 60)]\n    public partial int Get(int id);\n\n    private int GetCore(int id)\n        => id + 1; // one more")]
    [InlineData(
        "[Cached(Ttl = 60)]\n    int Get(int id) { return id; }",
        "[Cached(Ttl = 60)]\n    private partial int Get(int id);\n\n    private int GetCore(int id) { return id; }")]
    [InlineData(
        "[Cached(Ttl = 60)]\n    public static int Get(int id) => id;",
        "[Cached(Ttl = 60)]\n    public static partial int Get(int id);\n\n    private static int GetCore(int id) => id;")]
    [InlineData(
        "[Cached(Ttl = 60)] protected internal virtual async ValueTask<int> GetAsync() => await Task.FromResult(1);",
        "[Cached(Ttl = 60)] protected internal virtual partial ValueTask<int> GetAsync();\n\n    private async ValueTask<int> GetCoreAsync() => await Task.FromResult(1);")]
    [InlineData(
        "[Cached(Ttl = 60)]\n    async Task<int> GetAsync() => await Task.FromResult(1);",
        "[Cached(Ttl = 60)]\n    private partial Task<int> GetAsync();\n\n    private async Task<int> GetCoreAsync() => await Task.FromResult(1);")]
    [InlineData(
        "[InvalidateCache(\"x\")]\n    public void Drop(params int[] ids) { }",
        "[InvalidateCache(\"x\")]\n    public partial void Drop(params int[] ids);\n\n    private void DropCore(int[] ids) { }")]
    [InlineData(
        "[CachePut(\"x:{id}\", Ttl = 60)]\n    public int Put(int id) => id;",
        "[CachePut(\"x:{id}\", Ttl = 60)]\n    public partial int Put(int id);\n\n    private int PutCore(int id) => id;")]
    [InlineData(
        "[Cached(Ttl = 60)]\n    public T Get<T>(int id = 5)\n        where T : struct, IComparable<T>\n    {\n        return default;\n    }",
        "[Cached(Ttl = 60)]\n    public partial T Get<T>(int id = 5)\n        where T : struct, IComparable<T>;\n\n    private T GetCore<T>(int id)\n        where T : struct, IComparable<T>\n    {\n        return default;\n    }")]
    [InlineData(
        "[Cached(\"x:{id}\", Ttl = 60)]\n    public int Get(\n        [System.ComponentModel.Description(\"d\")] int id,\n        [CacheKeyIgnore] string trace = \"none\",\n        CancellationToken ct = default) => id;",
        "[Cached(\"x:{id}\", Ttl = 60)]\n    public partial int Get(\n        [System.ComponentModel.Description(\"d\")] int id,\n        [CacheKeyIgnore] string trace = \"none\",\n        CancellationToken ct = default);\n\n    private int GetCore(\n        int id,\n        string trace,\n        CancellationToken ct) => id;")]
    [InlineData(
        "[Cached(Ttl = 60, Loader = \"Load\")]\n    public int Get(int id) => id;",
        "[Cached(Ttl = 60, Loader = \"Load\")]\n    public partial int Get(int id);\n\n    private int Load(int id) => id;")]
    [InlineData(
        "[Cached(Ttl = 60)]\n    public int Get(int id) => id;\n    private int GetCore(string id) => id.Length;\n    public int Other() => GetCore(\"\");",
        "[Cached(Ttl = 60)]\n    public partial int Get(int id);\n\n    private int GetCore(int id) => id;\n    private int GetCore(string id) => id.Length;\n    public int Other() => GetCore(\"\");")]
    [InlineData(
        "[Cached(Ttl = 60)]\n    [return: System.Diagnostics.CodeAnalysis.MaybeNull]\n    public string Get() => null;",
        "[Cached(Ttl = 60)]\n    [return: System.Diagnostics.CodeAnalysis.MaybeNull]\n    public partial string Get();\n\n    [return: System.Diagnostics.CodeAnalysis.MaybeNull] private string GetCore() => null;")]
    public Task Each_form_of_a_method_is_split(string before, string after) => Method.BecomesAsync(
        "public partial class Service\n{\n    " + before + "\n}\n", "public partial class Service\n{\n    " + after + "\n}\n");

    [Fact]
    public Task Regions_conditions_and_comments_stay_where_they_are() => Method.BecomesAsync(
        """
        public class Service
        {
            #region Reading

            // Often read.
            #pragma warning disable CS0618
            [Cached(Ttl = 60)] // a minute
            [Obsolete("Use Find.")]
            #pragma warning restore CS0618
            public /* here */ int Get(
                int id, // the number
                string? name = null) // or the name
            {
        #if DEBUG
                return 1;
        #else
                return id + (name?.Length ?? 0); /* sum */
        #endif
            } // end

            #endregion

            // Another one.
            public int Other() => 1;
        }

        """,
        """
        public partial class Service
        {
            #region Reading

            // Often read.
            #pragma warning disable CS0618
            [Cached(Ttl = 60)] // a minute
            [Obsolete("Use Find.")]
            #pragma warning restore CS0618
            public /* here */ partial int Get(
                int id, // the number
                string? name = null);

            [Obsolete("Use Find.")] private int GetCore(
                int id, // the number
                string? name) // or the name
            {
        #if DEBUG
                return 1;
        #else
                return id + (name?.Length ?? 0); /* sum */
        #endif
            } // end

            #endregion

            // Another one.
            public int Other() => 1;
        }

        """);

    [Fact]
    public Task What_it_implements_and_hides_it_still_does() => Method.AllBecomeAsync(
        """
        public interface IService
        {
            (int Id, string? Name) Get(int @class);
        }

        public class Base
        {
            public int Find(int id) => id;

            public virtual string Name(int id) => "";
        }

        public class Service : Base, IService
        {
            [Cached(Ttl = 60)]
            public (int Id, string? Name) Get(int @class) => (@class, nameof(Get));

            [Cached("find:{id}", Ttl = 60)]
            public new int Find(int id) => base.Find(id);

            [Cached("name:{id}", Ttl = 60)]
            public sealed override string Name(int id) => base.Name(id);

            [Cached("name-of:{text}", Ttl = 60)]
            public string Name(string text) => Name(text.Length);
        }

        """,
        """
        public interface IService
        {
            (int Id, string? Name) Get(int @class);
        }

        public class Base
        {
            public int Find(int id) => id;

            public virtual string Name(int id) => "";
        }

        public partial class Service : Base, IService
        {
            [Cached(Ttl = 60)]
            public partial (int Id, string? Name) Get(int @class);

            private (int Id, string? Name) GetCore(int @class) => (@class, nameof(Get));

            [Cached("find:{id}", Ttl = 60)]
            public new partial int Find(int id);

            private int FindCore(int id) => base.Find(id);

            [Cached("name:{id}", Ttl = 60)]
            public sealed override partial string Name(int id);

            private string NameCore(int id) => base.Name(id);

            [Cached("name-of:{text}", Ttl = 60)]
            public partial string Name(string text);

            private string NameCore(string text) => Name(text.Length);
        }

        """);

    [Fact]
    public Task A_method_among_others_on_a_line_stays_on_it() => Method.BecomesAsync(
        "public class Service { [Cached(Ttl = 60)] public int Get(int id) => id; }",
        "public partial class Service { [Cached(Ttl = 60)] public partial int Get(int id); private int GetCore(int id) => id; }");

    [Fact]
    public Task A_private_Core_of_a_base_class_is_not_in_the_way() => Method.BecomesAsync(
        "public class B { private int GetCore() => 2; public int Two() => GetCore(); } public class S : B { [Cached(Ttl = 60)] public int Get() => 1; }",
        "public class B { private int GetCore() => 2; public int Two() => GetCore(); } public partial class S : B { [Cached(Ttl = 60)] public partial int Get(); private int GetCore() => 1; }");

    [Fact]
    public Task Line_breaks_are_those_of_the_file() => Method.BecomesAsync(
        "public class Service\r\n{\r\n    [Cached(Ttl = 60)]\r\n    public int Get(int id) => id;\r\n}\r\n",
        "public partial class Service\r\n{\r\n    [Cached(Ttl = 60)]\r\n    public partial int Get(int id);\r\n\r\n    private int GetCore(int id) => id;\r\n}\r\n");

    [Fact]
    public Task An_override_brings_the_constraints_that_it_inherits() => Method.BecomesAsync(
        """
        public abstract class Base
        {
            public abstract T Get<T>(int id)
                where T : class, IEnumerable<int>, new();
        }

        public sealed class Service : Base
        {
            [Cached(Ttl = 60)]
            public override T Get<T>(int id)
            {
                return new T();
            }
        }

        """,
        """
        public abstract class Base
        {
            public abstract T Get<T>(int id)
                where T : class, IEnumerable<int>, new();
        }

        public sealed partial class Service : Base
        {
            [Cached(Ttl = 60)]
            public override partial T Get<T>(int id);

            private T GetCore<T>(int id) where T : class, IEnumerable<int>, new()
            {
                return new T();
            }
        }

        """);

    [Fact]
    public Task An_extension_method_stays_one() => Method.BecomesAsync(
        "public static class Extensions\n{\n    [Cached(Ttl = 60)]\n    public static int Size(this string text) => text.Length;\n}\n",
        "public static partial class Extensions\n{\n    [Cached(Ttl = 60)]\n    public static partial int Size(this string text);\n\n    private static int SizeCore(string text) => text.Length;\n}\n");

    [Fact]
    public Task A_struct_stays_readonly() => Method.BecomesAsync(
        "public struct Point\n{\n    [Cached(Ttl = 60)]\n    public readonly int Get(int id) => id;\n}\n",
        "public partial struct Point\n{\n    [Cached(Ttl = 60)]\n    public readonly partial int Get(int id);\n\n    private readonly int GetCore(int id) => id;\n}\n");

    [Fact]
    public Task All_types_around_it_become_partial() => Method.BecomesAsync(
        """
        // Outer.
        class Outer<T>
        {
            [Serializable]
            record struct Middle(int X)
            {
                public partial interface IInner
                {
                    /// <summary>Innermost.</summary>
                    sealed record Service
                    {
                        [Cached(Ttl = 60)]
                        public int Get(int id) => id;
                    }
                }
            }
        }

        """,
        """
        // Outer.
        partial class Outer<T>
        {
            [Serializable]
            partial record struct Middle(int X)
            {
                public partial interface IInner
                {
                    /// <summary>Innermost.</summary>
                    sealed partial record Service
                    {
                        [Cached(Ttl = 60)]
                        public partial int Get(int id);

                        private int GetCore(int id) => id;
                    }
                }
            }
        }

        """);

    [Fact]
    public Task All_methods_of_a_document_at_once() => Method.AllBecomeAsync(
        """
        public class One
        {
            [Cached(Ttl = 60)]
            public int Get(int id) => id;

            [InvalidateCache("One.Get:*")]
            public void Drop() { }

            public class Two
            {
                /// <summary>Gets.</summary>
                [Cached(Ttl = 60)]
                public async Task<int> GetAsync(int id)
                {
                    await Task.Yield();
                    return id;
                }
            }
        }

        """,
        """
        public partial class One
        {
            [Cached(Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => id;

            [InvalidateCache("One.Get:*")]
            public partial void Drop();

            private void DropCore() { }

            public partial class Two
            {
                /// <summary>Gets.</summary>
                [Cached(Ttl = 60)]
                public partial Task<int> GetAsync(int id);

                private async Task<int> GetCoreAsync(int id)
                {
                    await Task.Yield();
                    return id;
                }
            }
        }

        """);

    [Fact]
    public Task Where_only_the_type_is_not_partial_only_it_is_changed() => Type.BecomesAsync(
        "public class Service { [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; }",
        "public partial class Service { [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; }");

    [Fact]
    public Task Several_types_at_once() => Type.AllBecomeAsync(
        "class A { public class B { [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; } [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; }",
        "partial class A { public partial class B { [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; } [Cached(Ttl = 60)] public partial int Get(); int GetCore() => 0; }");

    [Theory]
    [InlineData("class S { [Cached(Ttl = 60)] public int Get() => 1; int GetCore() => 2; }")]
    [InlineData("class S { [Cached(Ttl = 60)] public int Get() => 1; int GetCore => 2; }")]
    [InlineData("class B { protected int GetCore() => 2; } class S : B { [Cached(Ttl = 60)] public int Get() => 1; }")]
    [InlineData("abstract class S { [Cached(Ttl = 60)] public abstract int Get(); }")]
    [InlineData("interface I { int Get(); } class S : I { [Cached(Ttl = 60)] int I.Get() => 1; }")]
    [InlineData("interface I { [Cached(Ttl = 60)] int Get() => 1; }")]
    [InlineData("file class S { [Cached(Ttl = 60)] public int Get() => 1; }")]
    [InlineData("ref struct S { [Cached(Ttl = 60)] public int Get() => 1; }")]
    [InlineData("class S { [InvalidateCache(\"x\")] public async void Drop() => await Task.Yield(); }")]
    [InlineData("class S { [Cached(Ttl = 60, Loader = nameof(Load))] public int Get() => 1; int Load() => 2; }")]
    public Task What_cannot_be_split_is_left_alone(string source) => Method.IsNotOfferedAsync(source);
}
