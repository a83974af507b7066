using System.Globalization;
using System.Text;

namespace CachedAttr.Generators.Tests.Incremental;

public sealed class ManyMethodsTests
{
    [Fact]
    public void A_thousand_cached_methods_in_a_hundred_types_compile()
    {
        var (files, diagnostics) = TestCompilation.Generate(Source(types: 100, methods: 10));

        Assert.Empty(diagnostics);
        Assert.Equal(101, files.Count);
    }

    /// <summary>Types with cached methods of several kinds.</summary>
    internal static string Source(int types, int methods)
    {
        var text = new StringBuilder("namespace Demo;\n");
        for (int type = 0; type < types; type++)
        {
            text.Append(CultureInfo.InvariantCulture, $"public sealed partial class Service{type}(Cache cache)\n{{\n");
            for (int method = 0; method < methods; method++)
            {
                string name = $"Get{method}";
                text.Append(method % 2 == 0
                    ? $"""
                        [Cached("t{type}:{method}:{"{id}"}", Ttl = 600)]
                        public partial Task<string?> {name}Async(int id, CancellationToken ct = default);
                        private Task<string?> {name}CoreAsync(int id, CancellationToken ct) => Task.FromResult<string?>(null);

                    """
                    : $"""
                        [Cached("t{type}:{method}:{"{name}"}:{"{page}"}", Ttl = 600)]
                        public partial int {name}(string name, int page);
                        private int {name}Core(string name, int page) => page;

                    """);
            }

            text.Append("}\n");
        }

        return text.ToString();
    }
}
