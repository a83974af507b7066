namespace CachedAttr.Generators.Tests.Running;

/// <summary>Invalidating methods: what they return, which parameters they have, when they invalidate.</summary>
public sealed class InvalidationShapes
{
    public static TheoryData<string, string, string> Kinds
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (string modifier in new[] { "", "static " })
            {
                foreach (string type in new[] { "void", "int", "Task", "Task<int>", "ValueTask", "ValueTask<int>" })
                {
                    foreach (string on in new[] { "Success", "Before", "Always" })
                        data.Add(modifier, type, on);
                }
            }

            return data;
        }
    }

    /// <summary>Every kind of result at every time, in success and in failure; the work looks whether the invalidation has been before it.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public Task Of_every_kind_at_every_time(string modifier, string type, string on) => Shape.RunAsync(
        $$"""
        public sealed partial class Service
        {
            public static Cache Cache { get; set; } = null!;
            public static Calls Calls { get; set; } = null!;

            [Cached("item:{id}", Ttl = 60)]
            public static partial int Get(int id);

            private static int GetCore(int id) => Calls.Next();

            [InvalidateCache("item:{id}", On = InvalidateOn.{{on}})]
            public {{modifier}}partial {{type}} Change(int id, Func<int> work);

            private {{modifier}}{{(type.Contains("Task", StringComparison.Ordinal) ? "async " : "")}}{{type}} ChangeCore(int id, Func<int> work)
            {
                {{(type.Contains("Task", StringComparison.Ordinal) ? "await Task.Yield();" : "")}}
                {{(type.Contains("int", StringComparison.Ordinal) ? "return " : "")}}work();
            }

            {{(modifier.Length == 0 ? "public static Service Instance { get; } = new();" : "")}}
        }
        """,
        $$"""
        Service.Cache = cache;
        Service.Calls = calls;
        int loads = 0;
        int Load()
        {
            loads = calls.Count;
            return Service.Get(1);
        }

        int old = Load();
        Service.Get(2);
        int seen = 0;
        {{(type.Contains("int", StringComparison.Ordinal) ? "Assert.Equal(7, " : "")}}{{Call(modifier, type)}}(1, () => { seen = Service.Get(1); return 7; }){{(type.Contains("int", StringComparison.Ordinal) ? ")" : "")}};
        Assert.{{(on == "Before" ? "NotEqual" : "Equal")}}(old, seen);
        Assert.{{(on == "Before" ? "Equal" : "NotEqual")}}(seen, Service.Get(1));
        calls.Loads(0, () => Service.Get(2) > 0, true);

        old = Service.Get(1);
        await Assert.ThrowsAsync<TimeoutException>(async () => { {{Call(modifier, type)}}(1, () => throw new TimeoutException()); });
        calls.Loads({{(on == "Success" ? 0 : 1)}}, () => Service.Get(1) > 0, true);
        Assert.{{(on == "Success" ? "Equal" : "NotEqual")}}(old, Service.Get(1));
        """);

    [Fact]
    public Task Several_attributes_in_their_order() => Shape.RunAsync(
        """
        namespace Demo;

        public sealed record Item(int Id, string? Group);

        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("{name}:{id}", Ttl = 60)]
            public partial int Get(string name, int id);

            private int GetCore(string name, int id) => calls.Next();

            [InvalidateCache("a:{id}", "b:{id}", "c:*", On = InvalidateOn.Before)]
            [InvalidateCache("d:{result.Id}", When = nameof(HasGroup))]
            [InvalidateCache("e:{result.Group}", "f:{id}")]
            [InvalidateCache("g:{id}", On = InvalidateOn.Always, When = nameof(IsOdd))]
            public partial Task<Item> SaveAsync(int id, string? group, bool fail, CancellationToken ct = default);

            private async Task<Item> SaveCoreAsync(int id, string? group, bool fail, CancellationToken ct)
            {
                await Task.Yield();
                return fail ? throw new TimeoutException() : new Item(id + 1, group);
            }

            private static bool HasGroup(Item saved, int id) => saved.Group is not null && id > 0;

            private bool IsOdd(int id) => id % 2 != 0;
        }
        """,
        """
        var service = new Demo.Service(cache, calls);
        string[] names = ["a", "b", "c", "d", "e", "f", "g"];
        async Task<string> GoneAsync(int id, string? group, bool fail = false)
        {
            foreach (string name in names)
            {
                for (int i = 0; i < 4; i++)
                    service.Get(name, i);
            }

            try
            {
                await service.SaveAsync(id, group, fail);
            }
            catch (TimeoutException)
            {
            }

            var gone = new List<string>();
            foreach (string name in names)
            {
                for (int i = 0; i < 4; i++)
                {
                    if (!await cache.ExistsAsync(Demo.Service.CacheKeys.Get(name, i)))
                        gone.Add($"{name}{i}");
                }
            }

            return string.Join(" ", gone);
        }

        Assert.Equal("a1 b1 c0 c1 c2 c3 d2 e3 f1 g1", await GoneAsync(1, "3"));
        Assert.Equal("a1 b1 c0 c1 c2 c3 f1 g1", await GoneAsync(1, null));
        Assert.Equal("a2 b2 c0 c1 c2 c3 d3 f2", await GoneAsync(2, ""));
        Assert.Equal("a1 b1 c0 c1 c2 c3 g1", await GoneAsync(1, "3", fail: true));
        Assert.Equal("a2 b2 c0 c1 c2 c3", await GoneAsync(2, "3", fail: true));
        """);

    [Fact]
    public Task With_parameters_by_reference() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache, Calls calls)
        {
            [Cached("item:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Next();

            [InvalidateCache("item:{id}")]
            public partial bool TryChange(int id, ref int count, out string? text, in Guid guid, scoped ReadOnlySpan<char> span, params int[] more);

            private bool TryChangeCore(int id, ref int count, out string? text, in Guid guid, scoped ReadOnlySpan<char> span, params int[] more)
            {
                count += span.Length + more.Length;
                text = "text";
                return true;
            }
        }
        """,
        """
        var service = new Service(cache, calls);
        int old = service.Get(1);
        int count = 1;
        Assert.True(service.TryChange(1, ref count, out string? text, Guid.Empty, "ab", 5, 6));
        Assert.Equal((5, "text"), (count, text));
        Assert.NotEqual(old, service.Get(1));
        """);

    private static string Call(string modifier, string type) =>
        (type.Contains("Task", StringComparison.Ordinal) ? "await " : "") + (modifier.Length == 0 ? "Service.Instance.Change" : "Service.Change");
}
