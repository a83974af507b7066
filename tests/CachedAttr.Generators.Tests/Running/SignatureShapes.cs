namespace CachedAttr.Generators.Tests.Running;

/// <summary>The parameters that a cached method may have: default values, modifiers, tokens.</summary>
public sealed class SignatureShapes
{
    [Theory]
    [InlineData("int a = -1", "-1", "5")]
    [InlineData("long a = long.MinValue", "long.MinValue", "5")]
    [InlineData("double a = 0.5", "0.5", "0.25")]
    [InlineData("decimal a = 1.5m", "1.5m", "2m")]
    [InlineData("string a = \"x\\\"y\\\\\"", "\"x\\\"y\\\\\"", "\"z\"")]
    [InlineData("string? a = null", "null", "\"null\"")]
    [InlineData("char a = '\\''", "'\\''", "'b'")]
    [InlineData("bool a = true", "true", "false")]
    [InlineData("DayOfWeek a = DayOfWeek.Friday", "DayOfWeek.Friday", "default")]
    [InlineData("DayOfWeek? a = DayOfWeek.Friday", "DayOfWeek.Friday", "null")]
    [InlineData("Guid a = default", "Guid.Empty", "new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)")]
    [InlineData("DateTime a = new()", "default", "DateTime.UnixEpoch")]
    [InlineData("(int Id, string? Name) a = default", "default", "(1, null)")]
    [InlineData("List<int>? a = null", "null", "[1]")]
    [InlineData("int? a = 3", "3", "null")]
    public Task A_default_value(string parameter, string same, string other) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached(Ttl = 60)]
            public partial int Get({{parameter}});

            private int GetCore({{parameter.Split('=')[0]}}) => calls.Next();
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get(), 1, () => service.Get({{other}}), 2);
        calls.Loads(0, () => service.Get({{same}}), 1);
        """);

    [Theory]
    [InlineData("params int[] items", "1, 2", "[2, 1]")]
    [InlineData("params string?[] items", "\"a\", null", "\"a\"")]
    [InlineData("string head, params string[] items", "\"a\", \"b\", \"c\"", "\"a\", \"bc\"")]
    [InlineData("params List<long> items", "1, 2", "")]
    [InlineData("params IEnumerable<Guid> items", "Guid.Empty", "Guid.Empty, Guid.Empty")]
    [InlineData("params IReadOnlyCollection<(int A, string B)> items", "(1, \"a\")", "(2, \"a\")")]
    [InlineData("in int item", "1", "2")]
    [InlineData("ref readonly Guid item", "in Guids.Empty", "in Guids.Other")]
    public Task A_modifier(string parameters, string one, string other) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item", Ttl = 60)]
            public partial int Get({{parameters}});

            private int GetCore({{parameters}}) => calls.Next();
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get({{one}}), 1, () => service.Get({{other}}), 2);
        """);

    [Theory]
    [InlineData("int id, CancellationToken token")]
    [InlineData("CancellationToken token, int id")]
    [InlineData("CancellationToken first, int id, CancellationToken second")]
    [InlineData("int id, CancellationToken call = default, CancellationToken? region = null")]
    [InlineData("int id, CancellationToken? token = default")]
    [InlineData("int id")]
    public Task Tokens(string parameters) => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("sync:{id}", Ttl = 60)]
            public partial int Get({{parameters}});

            private int GetCore({{parameters}}) => calls.Return(id * 10);

            [Cached("task:{id}", Ttl = 60)]
            public partial Task<int> GetAsync({{parameters}});

            private Task<int> GetCoreAsync({{parameters}}) => calls.ReturnAsync(id * 10);

            [Cached("value", Ttl = 60)]
            public partial ValueTask<int> GetValueAsync({{parameters}});

            private ValueTask<int> GetValueCoreAsync({{parameters}}) => calls.ReturnValueAsync(id * 10);
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        calls.AreCached(() => service.Get({{Arguments(parameters, 1)}}), 10, () => service.Get({{Arguments(parameters, 2)}}), 20);
        await calls.AreCachedAsync(() => service.GetAsync({{Arguments(parameters, 1)}}), 10, () => service.GetAsync({{Arguments(parameters, 2)}}), 20);
        await calls.AreCachedAsync(() => service.GetValueAsync({{Arguments(parameters, 1)}}), 10, () => service.GetValueAsync({{Arguments(parameters, 2)}}), 20);
        """);

    [Fact]
    public Task A_token_that_reaches_the_loader() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial Task<bool> CanStopAsync(CancellationToken token, int id);

            private Task<bool> CanStopCoreAsync(CancellationToken token, int id) => calls.ReturnAsync(token.CanBeCanceled);

            [Cached("wait:{id}", Ttl = 60)]
            public partial Task<int> WaitAsync(int id, CancellationToken token);

            private async Task<int> WaitCoreAsync(int id, CancellationToken token)
            {
                calls.Next();
                await Task.Delay(Timeout.Infinite, token);
                return id;
            }
        }
        """,
        """
        var service = new Service(cache, calls);
        using var source = new CancellationTokenSource();
        await calls.LoadsAsync(1, () => service.CanStopAsync(source.Token, 1), true);
        var waiting = service.WaitAsync(1, source.Token);
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        """);

    [Fact]
    public Task Twenty_parameters() => Shape.RunAsync(
        $$"""
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item", Ttl = 60)]
            public partial Task<int> GetAsync({{string.Join(", ", Enumerable.Range(0, 20).Select(i => $"int p{i}"))}});

            private Task<int> GetCoreAsync({{string.Join(", ", Enumerable.Range(0, 20).Select(i => $"int p{i}"))}}) => calls.ReturnAsync(p0 + p19);
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        await calls.AreCachedAsync(
            () => service.GetAsync({{string.Join(", ", Enumerable.Range(0, 20))}}), 19, () => service.GetAsync({{string.Join(", ", Enumerable.Range(0, 19))}}, 20), 20);
        """);

    private static string Arguments(string parameters, int id) =>
        string.Join(", ", parameters.Split(", ").Select(parameter => parameter.StartsWith("int ", StringComparison.Ordinal) ? $"{id}" : "CancellationToken.None"));
}
