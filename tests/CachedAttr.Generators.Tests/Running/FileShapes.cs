using System.Globalization;

namespace CachedAttr.Generators.Tests.Running;

/// <summary>The files and namespaces in which types stand.</summary>
public sealed class FileShapes
{
    private const string Members = """
        [Cached("item:{id}", Ttl = 60)]
        public partial int Get(int id);

        private int GetCore(int id) => calls.Return(id * 10);
        """;

    [Theory]
    [InlineData("{0}", "")]
    [InlineData("namespace Demo; {0}", "Demo.")]
    [InlineData("namespace Demo.Of.Some.Depth; {0}", "Demo.Of.Some.Depth.")]
    [InlineData("namespace Demo {{ namespace Nested.Deep {{ {0} }} }}", "Demo.Nested.Deep.")]
    [InlineData("namespace @event.@class; {0}", "@event.@class.")]
    [InlineData("namespace System; {0}", "System.")]
    [InlineData("namespace CachedAttr; {0}", "CachedAttr.")]
    [InlineData("namespace Demo.System.Threading; {0}", "Demo.System.Threading.")]
    [InlineData("namespace Demo.CachedAttr.Loading; {0}", "Demo.CachedAttr.Loading.")]
    [InlineData("namespace Größe.名前; {0}", "Größe.名前.")]
    public Task In_a_namespace(string format, string prefix) => Shape.RunAsync(
        string.Format(CultureInfo.InvariantCulture, format, "public sealed partial class Service(Cache cache, Calls calls) { " + Members + " }"),
        $$"""
        var service = new {{prefix}}Service(cache, calls);
        calls.AreCached(() => service.Get(1), 10, () => service.Get(2), 20);
        """);

    [Fact]
    public Task A_type_in_several_files() => new Shape(
        """
        namespace Demo;

        public sealed partial class Service
        {
            [Cached("a:{id}", Ttl = 60)]
            public partial int GetA(int id);

            [InvalidateCache(Method = nameof(GetB))]
            public partial void Change(int id);
        }
        """,
        """
        namespace Demo;

        partial class Service
        {
            private int GetACore(int id) => _calls.Return(id * 10);

            [Cached("b:{id}", Ttl = 60)]
            public partial int GetB(int id);

            private void ChangeCore(int id)
            {
            }
        }
        """,
        """
        namespace Demo
        {
            partial class Service
            {
                private readonly Cache _cache;
                private readonly Calls _calls;

                public Service(Cache cache, Calls calls) => (_cache, _calls) = (cache, calls);

                private int GetBCore(int id) => _calls.Return(id * 100);
            }
        }
        """).RunAsync(
        """
        var service = new Demo.Service(cache, calls);
        calls.AreCached(() => service.GetA(1), 10, () => service.GetA(2), 20);
        calls.AreCached(() => service.GetB(1), 100, () => service.GetB(2), 200);
        service.Change(1);
        calls.Loads(0, () => service.GetA(1), 10);
        calls.Loads(1, () => service.GetB(1), 100);
        """);
}
