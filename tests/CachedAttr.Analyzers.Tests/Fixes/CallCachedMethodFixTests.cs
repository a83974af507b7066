using CachedAttr.Analyzers.Loaders;
using CachedAttr.CodeFixes.Calls;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>A call of a Core becomes one of its method.</summary>
public sealed class CallCachedMethodFixTests
{
    private static readonly VerifyFix<LoaderCallAnalyzer, CallCachedMethodFix> Fix = new("CATTR060");

    [Theory]
    [InlineData("public int Other() => GetCore(1);", "public int Other() => Get(1);")]
    [InlineData("public int Other() => this.GetCore(  id: 1) + 1;", "public int Other() => this.Get(  id: 1) + 1;")]
    [InlineData("public int? Other(Service? other) => other?.GetCore(1);", "public int? Other(Service? other) => other?.Get(1);")]
    [InlineData("public Task<int> Other() => /* go */ FindCoreAsync(1, default);", "public Task<int> Other() => /* go */ FindAsync(1, default);")]
    [InlineData("public IEnumerable<int> Other(int[] ids) => ids.Select(GetCore);", "public IEnumerable<int> Other(int[] ids) => ids.Select(Get);")]
    [InlineData("public IEnumerable<int> Other(int[] ids) => ids.Select(this.GetCore);", "public IEnumerable<int> Other(int[] ids) => ids.Select(this.Get);")]
    [InlineData("public string Other() => AnyCore<string>(\"\");", "public string Other() => Any<string>(\"\");")]
    [InlineData("public void Other() => DropCore();", "public void Other() => Drop();")]
    public Task The_method_is_called(string before, string after) => Fix.BecomesAsync(Service(before), Service(after));

    [Fact]
    public Task A_method_that_stores_is_called_too() => Fix.BecomesAsync(
        "public partial class S { [CachePut(\"s:{id}\", Ttl = 60)] public partial int Put(int id); int PutCore(int id) => id; public int Other() => PutCore(1); }",
        "public partial class S { [CachePut(\"s:{id}\", Ttl = 60)] public partial int Put(int id); int PutCore(int id) => id; public int Other() => Put(1); }");

    [Fact]
    public Task All_of_a_document_at_once() => Fix.AllBecomeAsync(
        Service("public int Other() => GetCore(1) + GetCore(GetCore(2)); public void More() => DropCore();"), Service("public int Other() => Get(1) + Get(Get(2)); public void More() => Drop();"));

    [Fact]
    public Task Where_a_parameter_is_called_otherwise_it_is_left_alone() => Fix.IsNotOfferedAsync(
        "public partial class S { [Cached(Ttl = 60)] public partial int Get(int id); int GetCore(int number) => number; public int Other() => GetCore(number: 1); }");

    private static string Service(string members) =>
        """
        public partial class Service
        {
            [Cached(Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => id;

            [Cached(Ttl = 60)]
            public partial Task<int> FindAsync(int id, CancellationToken ct = default);

            private Task<int> FindCoreAsync(int id, CancellationToken ct) => Task.FromResult(id);

            [Cached(Ttl = 60)]
            public partial T Any<T>(string id);

            private T AnyCore<T>(string id) => throw new InvalidOperationException();

            [InvalidateCache("Service.*")]
            public partial void Drop();

            private void DropCore() { }

        """ + "    " + members + "\n}\n";
}
