namespace CachedAttr.Generators.Tests.Running;

/// <summary>What an invalidating method invalidates: patterns, members of its result, keys of other methods.</summary>
public sealed class InvalidationPatternShapes
{
    /// <summary>The result's type, the pattern, a value, and the key that is then gone.</summary>
    [Theory]
    [InlineData("int", "x:{result}", "5", "x:5")]
    [InlineData("string?", "x:{result}", "null", "x:%n")]
    [InlineData("string", "x:{result}", "\"a*\"", "x:a%2A")]
    [InlineData("Guid?", "x:{result}", "null", "x:%n")]
    [InlineData("Item", "x:{result.Id}:{result.Group.Name}", "new(1, new(\"g\"))", "x:1:g")]
    [InlineData("Item", "x:{result.Id}:{result.Group.Name}", "new(1, null)", "x:1:%n")]
    [InlineData("Item?", "x:{result.Id}", "null", "x:%n")]
    [InlineData("Item", "x:{result.Id}:{result.Group.Name}:{id}", "new(1, new(\"g\"))", "x:1:g:7")]
    [InlineData("(int Id, Item? Item)", "x:{result.Id}:{result.Item.Id}", "(1, null)", "x:1:%n")]
    [InlineData("Point", "x:{result.X}", "new(3)", "x:3")]
    [InlineData("Point?", "x:{result.X}", "new Point(3)", "x:3")]
    [InlineData("DateTime", "x:{result:yyyy-MM}", "new(2026, 3, 1)", "x:2026-03")]
    [InlineData("DayOfWeek", "x:{result}", "DayOfWeek.Friday", "x:Friday")]
    [InlineData("List<int>", "x:{result.Count}", "[1, 2]", "x:2")]
    [InlineData("IItem", "x:{result.Id}", "new Item(1, null)", "x:1")]
    public Task Of_what_the_method_returned(string type, string pattern, string value, string key) => Shape.RunAsync(
        $$"""
        public interface IItem { int Id { get; } }
        public sealed record Group(string Name);
        public sealed record Item(int Id, Group? Group) : IItem;
        public readonly record struct Point(int X);

        public sealed partial class Service(Cache cache)
        {
            [InvalidateCache("{{pattern}}")]
            public partial {{type}} Save(int id, {{type}} value);

            private {{type}} SaveCore(int id, {{type}} value) => value;

            [InvalidateCache("{{pattern}}")]
            public partial ValueTask<{{type}}> SaveAsync(int id, {{type}} value);

            private ValueTask<{{type}}> SaveCoreAsync(int id, {{type}} value) => new(value);
        }
        """,
        $$"""
        var service = new Service(cache);
        cache.Set("{{key}}", 1);
        cache.Set("{{key}}x", 1);
        Assert.Equal({{value}}, service.Save(7, {{value}}));
        Assert.False(await cache.ExistsAsync("{{key}}"));
        cache.Set("{{key}}", 1);
        Assert.Equal({{value}}, await service.SaveAsync(7, {{value}}));
        Assert.False(await cache.ExistsAsync("{{key}}"));
        Assert.True(await cache.ExistsAsync("{{key}}x"));
        """);

    /// <summary>The pattern, its parameters and arguments, keys that are gone, keys that stay.</summary>
    [Theory]
    [InlineData("x:{id}", "int id", "1", "x:1", "x:11 x:1:2 x:2")]
    [InlineData("x:{id}:*", "int id", "1", "x:1:2 x:1:2:3 x:1:", "x:1 x:11:2")]
    [InlineData("*:{id}", "int id", "1", "x:1 y:z:1", "x:11 x:1:2")]
    [InlineData("x:?", "", "", "x:1 x:a", "x:11 x:")]
    [InlineData("x:[ab1]:y", "", "", "x:a:y x:1:y", "x:c:y x:ab:y")]
    [InlineData("x:{a}*{b}", "string a, string b", "\"p\", \"q\"", "x:pq x:p:r:q", "x:p x:qp")]
    [InlineData("x:{name}", "string? name", "null", "x:%n", "x: x:%e x:null")]
    [InlineData("x:{name}", "string name", "\"*\"", "x:%2A", "x:a x:b")]
    [InlineData("x:{name}:*", "string name", "\"[a]\"", "x:%5Ba%5D:1", "x:a:1")]
    [InlineData("x:{day:yyyy}:*", "DateTime day", "new(2026, 1, 1)", "x:2026:1", "x:2025:1")]
    [InlineData("x:{user.Id}:{user.Name}", "(int Id, string? Name) user", "(1, null)", "x:1:%n", "x:1:1")]
    [InlineData("x:{_prefix}:{Constant}:{id}", "int id", "1", "x:p:c:1", "x:q:c:1")]
    public Task Of_patterns(string pattern, string parameters, string arguments, string gone, string kept) => Shape.RunAsync(
        $$"""
        #pragma warning disable CS0414
        public sealed partial class Service(Cache cache)
        {
            private const string Constant = "c";
            private readonly string _prefix = "p";

            [InvalidateCache("{{pattern}}")]
            public partial void Change({{parameters}});

            private void ChangeCore({{parameters}})
            {
            }
        }
        """,
        $$"""
        foreach (string key in "{{gone}} {{kept}}".Split(' '))
            cache.Set(key, 1);
        new Service(cache).Change({{arguments}});
        foreach (string key in "{{gone}}".Split(' '))
            Assert.False(await cache.ExistsAsync(key), key);
        foreach (string key in "{{kept}}".Split(' '))
            Assert.True(await cache.ExistsAsync(key), key);
        """);

    /// <summary>A cached method's template and parameters, the parameters of the method that invalidates it, and which of its calls load again.</summary>
    [Theory]
    [InlineData("", "int id, string name", "int id, string name", "1, \"a\"", "1,a")]
    [InlineData("", "int id, string name", "string name, int id", "\"a\", 1", "1,a")]
    [InlineData("", "int id, string name", "int id", "1", "1,a 1,b")]
    [InlineData("", "int id, string name", "string name", "\"b\"", "1,b 2,b")]
    [InlineData("", "int id, string name", "", "", "1,a 1,b 2,a 2,b")]
    [InlineData("", "int id, string name", "Guid other", "default", "1,a 1,b 2,a 2,b")]
    [InlineData("", "int id, string name", "long id", "1", "1,a 1,b")]
    [InlineData("", "int id, string name", "string id, string name", "\"1\", \"a\"", "1,a 2,a")]
    [InlineData("", "int id, string name", "int? id", "1", "1,a 1,b")]
    [InlineData("x:{name}/{id}", "int id, string name", "int id", "2", "2,a 2,b")]
    [InlineData("x-{id}-{name}", "int id, string name, CancellationToken ct = default", "CancellationToken ct, int id, string name", "default, 1, \"a\"", "1,a")]
    [InlineData("x:{name}:{id}", "int id, [Sensitive] string name", "string name", "\"a\"", "1,a 2,a")]
    [InlineData("x:{_tenant}:{id}:{name}", "int id, string name", "int id", "1", "1,a 1,b")]
    [InlineData("x:{id:D3}:{name}", "int id, string name", "int id", "1", "1,a 1,b")]
    public Task Of_another_method(string template, string cached, string parameters, string arguments, string gone) => Shape.RunAsync(
        $$"""
        #pragma warning disable CS0414
        public sealed partial class Service(Cache cache, Calls calls)
        {
            private readonly string _tenant = "t:*";

            [Cached({{(template.Length == 0 ? "" : $"\"{template}\", ")}}Ttl = 60)]
            public partial int Get({{cached}});

            private int GetCore({{cached.Replace("[Sensitive] ", "", StringComparison.Ordinal).Replace(" = default", "", StringComparison.Ordinal)}}) => calls.Next();

            [InvalidateCache(Method = nameof(Get))]
            public partial Task ChangeAsync({{parameters}});

            private Task ChangeCoreAsync({{parameters}}) => Task.CompletedTask;
        }
        """,
        $$"""
        var service = new Service(cache, calls);
        (int Id, string Name)[] all = [(1, "a"), (1, "b"), (2, "a"), (2, "b")];
        var before = all.Select(item => service.Get(item.Id, item.Name)).ToList();
        await service.ChangeAsync({{arguments}});
        var gone = all.Where((item, i) => service.Get(item.Id, item.Name) != before[i]).Select(item => $"{item.Id},{item.Name}");
        Assert.Equal("{{gone}}", string.Join(" ", gone));
        """);

    [Fact]
    public Task Of_all_overloads_and_generic_methods() => Shape.RunAsync(
        """
        public partial class Service<T>(Cache cache, Calls calls)
        {
            [Cached("number:{id}", Ttl = 60)]
            public partial int Get(int id);

            private int GetCore(int id) => calls.Next();

            [Cached("text:{id}:{name}", Ttl = 60)]
            public partial int Get(string id, string name);

            private int GetCore(string id, string name) => calls.Next();

            [Cached("generic:{id}", Ttl = 60)]
            public partial int Get<TOther>(int id);

            private int GetCore<TOther>(int id) => calls.Next();

            [InvalidateCache(Method = nameof(Get))]
            public partial void Change(int id);

            private void ChangeCore(int id)
            {
            }

            [InvalidateCache(Method = nameof(Get), On = InvalidateOn.Before)]
            protected virtual partial Task<TOther?> ChangeAsync<TOther>(int id, TOther? other)
                where TOther : struct;

            private Task<TOther?> ChangeCoreAsync<TOther>(int id, TOther? other)
                where TOther : struct => Task.FromResult(other);

            public Task<long?> CallAsync(int id) => ChangeAsync<long>(id, null);
        }
        """,
        """
        var service = new Service<string>(cache, calls);
        var other = new Service<int>(cache, calls);
        Func<int>[] gets = [() => service.Get(1), () => service.Get(2), () => service.Get("1", "a"), () => service.Get<int>(1), () => service.Get<long>(2), () => other.Get(1)];
        string Gone(List<int> before) => string.Join(" ", gets.Select((get, i) => get() != before[i] ? i : -1).Where(i => i >= 0));

        var before = gets.Select(get => get()).ToList();
        service.Change(1);
        Assert.Equal("0 2 3", Gone(before));
        before = gets.Select(get => get()).ToList();
        Assert.Null(await service.CallAsync(2));
        Assert.Equal("1 2 4", Gone(before));
        """);

    [Fact]
    public Task That_another_class_with_the_same_keys_caches() => Shape.RunAsync(
        """
        namespace Demo;

        public sealed partial class Reader(Cache cache, Calls calls)
        {
            [Cached("shared:{id}", Ttl = 60)]
            public partial Task<int> GetAsync(int id);

            private Task<int> GetCoreAsync(int id) => calls.ReturnAsync(id);
        }

        public readonly partial record struct Writer(Cache Cache)
        {
            [InvalidateCache("shared:{id}")]
            public partial ValueTask WriteAsync(int id);

            private ValueTask WriteCoreAsync(int id) => default;
        }
        """,
        """
        var reader = new Demo.Reader(cache, calls);
        await calls.AreCachedAsync(() => reader.GetAsync(1), 1, () => reader.GetAsync(2), 2);
        await new Demo.Writer(cache).WriteAsync(1);
        await calls.LoadsAsync(1, () => reader.GetAsync(1), 1);
        await calls.LoadsAsync(0, () => reader.GetAsync(2), 2);
        """);
}
