using CachedAttr.CodeFixes.Declarations;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>A method without a Core gets one.</summary>
public sealed class WriteCoreFixTests
{
    private static readonly VerifyFix<DeclarationAnalyzer, WriteCoreFix> Fix = new("CATTR012");

    [Theory]
    [InlineData(
        "[Cached(\"x:{id}\", Ttl = 60)]\n    public partial Task<string?> GetAsync(int id, CancellationToken ct = default); // from the database",
        "\n\n    private Task<string?> GetCoreAsync(int id, CancellationToken ct) => throw new NotImplementedException();")]
    [InlineData("[Cached(Ttl = 60)]\n    internal static partial int Get();", "\n\n    private static int GetCore() => throw new NotImplementedException();")]
    [InlineData("[Cached(Ttl = 60, Loader = \"Load\")]\n    public partial int Get();", "\n\n    private int Load() => throw new NotImplementedException();")]
    [InlineData("[InvalidateCache(\"x\")]\n    public partial void Drop(params int[] ids);", "\n\n    private void DropCore(int[] ids) => throw new NotImplementedException();")]
    [InlineData("[InvalidateCache(\"x\")]\n    public partial bool Drop(ref int id, out string name);", "\n\n    private bool DropCore(ref int id, out string name) => throw new NotImplementedException();")]
    [InlineData(
        "[Cached(Ttl = 60)]\n    public partial T? Get<T>(int id) where T : class;",
        "\n\n    private T? GetCore<T>(int id) where T : class => throw new NotImplementedException();")]
    [InlineData("int GetCore(string id) => id.Length;\n\n    public int Length() => GetCore(\"x\");\n\n    [Cached(Ttl = 60)]\n    public partial int Get(int id);", "\n\n    private int GetCore(int id) => throw new NotImplementedException();")]
    public Task It_is_written(string declaration, string added) => Fix.BecomesAsync(
        "public partial class Service\n{\n    " + declaration + "\n}\n",
        "public partial class Service\n{\n    " + declaration + added + "\n}\n");

    [Fact]
    public Task All_of_a_document_at_once() => Fix.AllBecomeAsync(
        """
        public partial class Service
        {
            /// <summary>Gets.</summary>
            [Cached(Ttl = 60)]
            public partial int Get(int id);

            [Cached(Ttl = 60)]
            public partial int Get(string name);

            [InvalidateCache("Service.Get:*")]
            public partial Task DropAsync();
        }

        """,
        """
        public partial class Service
        {
            /// <summary>Gets.</summary>
            [Cached(Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => throw new NotImplementedException();

            [Cached(Ttl = 60)]
            public partial int Get(string name);

            private int GetCore(string name) => throw new NotImplementedException();

            [InvalidateCache("Service.Get:*")]
            public partial Task DropAsync();

            private Task DropCoreAsync() => throw new NotImplementedException();
        }

        """);

    [Theory]
    [InlineData("public partial int Get(int id, CancellationToken ct = default)", "int GetCore(int id) => id", "int GetCore(int id, CancellationToken ct) => id")]
    [InlineData("public partial int Get(int id)", "int GetCore() => 1", "int GetCore(int id) => 1")]
    [InlineData("public partial int Get(int id, string name)", "int GetCore(string name, int id) => name.Length + id", "int GetCore(int id, string name) => name.Length + id")]
    [InlineData("public partial int Get(int id)", "int GetCore(long number) => (int)number", "int GetCore(int number) => (int)number")]
    [InlineData("public partial int Get(int id, int? page)", "int GetCore(int id = 5) => id", "int GetCore(int id, int? page) => id")]
    [InlineData("public partial IReadOnlyList<int> Get()", "List<int> GetCore() => []", "IReadOnlyList<int> GetCore() => []")]
    [InlineData("public partial ValueTask<object?> GetAsync()", "async Task<string> GetCoreAsync() { await Task.Yield(); return \"\"; }", "async ValueTask<object?> GetCoreAsync() { await Task.Yield(); return \"\"; }")]
    [InlineData("public partial int Get(int id, int? page)", "int GetCore(CacheEntryContext<int> entry, int id) => id", "int GetCore(int id, int? page, CacheEntryContext<int> entry) => id")]
    [InlineData("public partial T? Get<T>(int id) where T : class", "T? GetCore<T>() where T : class => null", "T? GetCore<T>(int id) where T : class => null")]
    public Task A_Core_of_another_signature_gets_the_right_one(string declaration, string before, string after) => Fix.BecomesAsync(Service(declaration, before), Service(declaration, after));

    [Theory]
    [InlineData("public partial int Get(int id)", "string GetCore(int id) => \"\"")] // the body returns something else
    [InlineData("public partial Task<int> GetAsync(int id)", "int GetCoreAsync(int id) => 1")]
    [InlineData("public static partial int Get(int id)", "int GetCore(int id) => 1")] // may use the instance
    [InlineData("public partial string Get(int id)", "string? GetCore(int id) => null")] // may return null
    [InlineData("public partial int Get(string? id)", "int GetCore(string id) => id.Length")] // does not expect null
    [InlineData("public partial int Get(int id)", "int GetCore { get; } = 1")]
    public Task What_the_body_would_not_fit_is_left_alone(string declaration, string core) => Fix.IsNotOfferedAsync(Service(declaration, core));

    [Theory]
    [InlineData("public partial int Get(int id)", "int GetCore(int id, int page) => id + page")]
    [InlineData("public partial int Get(string id)", "int GetCore(int id) => id")]
    [InlineData("public partial int Get(int id)", "int GetCore(ref int id) => id")]
    [InlineData("public partial int Get<T>(int id)", "int GetCore(int id) => id")]
    [InlineData("public partial int Get(int id)", "int GetCore() => 1; [Cached(Ttl = 60)] public partial int Get()")] // somebody else's
    public async Task What_may_be_meant_for_something_else_is_overloaded(string declaration, string core) =>
        Assert.Equal(["Write 'GetCore'"], await Fix.TitlesAsync(Service(declaration, core)));

    private static string Service(string declaration, string core) =>
        $"public partial class Service\n{{\n    [Cached(Ttl = 60)]\n    {declaration};\n\n    private {core}{(core.EndsWith('}') ? "" : ";")}\n}}\n";
}
