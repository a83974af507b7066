namespace CachedAttr.Generators.Tests.Running;

/// <summary>The typed keys of a class: each is the key that the method uses, for reading, setting, and removing.</summary>
public sealed class CacheKeysShapes
{
    /// <summary>The method, arguments of it, and the arguments of its key.</summary>
    [Theory]
    [InlineData("Get()", "")]
    [InlineData("Get(int id)", "1")]
    [InlineData("Get(string? text)", "null")]
    [InlineData("Get(int id, string name, DateTime? at = null)", "1, \"a:b\"", "1, \"a:b\", null")]
    [InlineData("Get(CancellationToken ct, int id)", "default, 1", "1")]
    [InlineData("Get(int id, [CacheKeyIgnore] string trace)", "1, \"x\"", "1")]
    [InlineData("Get(params int[] ids)", "1, 2", "[1, 2]")]
    [InlineData("Get((int Id, string Name) pair)", "(1, \"a\")")]
    [InlineData("Get(List<string> names, int page)", "[\"a\"], 2")]
    [InlineData("Get([Sensitive] string token)", "\"t\"", "cache, \"t\"")]
    [InlineData("Get(int id, [CacheKey(Hash = true)] Guid cache)", "1, default", "cache, 1, default")]
    [InlineData("Get<T>(int id) where T : class?, new()", "<object>1")]
    [InlineData("Get<T, U>(T id, U? other) where T : struct, Enum where U : struct, ISpanFormattable, ISpanParsable<U>", "<DayOfWeek, int>DayOfWeek.Friday, null")]
    [InlineData("GetAsync(int id)", "1")]
    [InlineData("CacheKeys(int id)", "1")]
    public Task Of_a_method(string method, string arguments, string? keyArguments = null)
    {
        string name = method[..method.IndexOfAny(['(', '<'])];
        bool isAsync = name.EndsWith("Async", StringComparison.Ordinal);
        string type = isAsync ? "Task<int>" : "int";
        string parameters = method[name.Length..].Replace(" = null", "", StringComparison.Ordinal).Replace("[CacheKeyIgnore] ", "", StringComparison.Ordinal);
        string Call(string target, string values) => values.StartsWith('<')
            ? $"{target}{values[..(values.IndexOf('>', StringComparison.Ordinal) + 1)]}({values[(values.IndexOf('>', StringComparison.Ordinal) + 1)..]})"
            : $"{target}({values})";
        string get = (isAsync ? "await " : "") + Call("service." + name, arguments);
        string keyName = name == "CacheKeys" ? null! : isAsync ? name[..^5] : name;
        string key = keyName is null ? "\"Service.CacheKeys:1\"" : Call("Service.CacheKeys." + keyName, keyArguments ?? arguments);
        return Shape.RunAsync(
            $$"""
            public sealed partial class Service(Cache store, Calls calls)
            {
                [Cached(Ttl = 60)]
                public partial {{type}} {{method}};

                private {{type}} {{(isAsync ? "GetCoreAsync" : name + "Core")}}{{parameters}} => {{(isAsync ? "Task.FromResult(calls.Next())" : "calls.Next()")}};
            }
            """,
            $$"""
            var service = new Service(cache, calls);
            var key = {{key}};

            // Set before the first call, it is what the method returns.
            await cache.SetAsync<int>(key, -1);
            Assert.Equal(-1, {{get}});
            Assert.Equal(0, calls.Count);

            // Removed as a string, it is gone, and loaded.
            await cache.RemoveAsync((string)key);
            Assert.False((await cache.TryGetAsync<int>(key)).Found);
            Assert.Equal(1, {{get}});

            // What the method has loaded is there by the key.
            Assert.Equal(1, await cache.GetAsync<int>(key));
            Assert.Equal(1, cache.TryGet<int>((string)key).Value);
            Assert.True(await cache.ExistsAsync(key));
            Assert.NotNull(await cache.GetTtlAsync(key));
            Assert.Equal(1, {{get}});
            Assert.Equal(1, await cache.GetOrLoadAsync<int>(key, _ => throw new InvalidOperationException()));

            // Set over it, and invalidated as a pattern.
            await cache.SetAsync<int>((string)key, -2);
            Assert.Equal(-2, {{get}});
            await cache.InvalidateAsync((string)key + "*");
            Assert.Equal(2, {{get}});
            """);
    }

    [Fact]
    public Task With_names_that_read_like_the_method() => Shape.RunAsync(
        """
        namespace Demo;

        public partial class Outer<T>
        {
            internal sealed partial class Inner(Cache cache)
            {
                [Cached("user:{user.Id}:{_tenant.Id}:{user.Home.City}", Ttl = 60)]
                public partial ValueTask<string?> FindNameAsync((int Id, (string City, int Zip) Home) user);

                private ValueTask<string?> FindNameCoreAsync((int Id, (string City, int Zip) Home) user) => new((string?)null);

                private readonly (string Id, int Other) _tenant = ("t", 1);

                private enum Secret
                {
                    A,
                }

                [Cached("hidden:{secret}", Ttl = 60)]
                private partial int Hidden(Secret secret);

                private int HiddenCore(Secret secret) => 0;

                private sealed record Filter(int Id);

                [Cached("visible:{filter.Id}", Ttl = 60)]
                private partial int Visible(Filter filter);

                private int VisibleCore(Filter filter) => filter.Id;
            }
        }
        """,
        """
        CacheKey<string?> key = Demo.Outer<int>.Inner.CacheKeys.FindName(userId: 1, tenantId: "t", userHomeCity: "c");
        Assert.Equal("user:1:t:c:System.Int32", key.Text);
        Assert.Null(await new Demo.Outer<int>.Inner(cache).FindNameAsync((1, ("c", 5))));
        Assert.True((await cache.TryGetAsync(key)).Found);
        Assert.Equal("visible:3:System.Int32", Demo.Outer<int>.Inner.CacheKeys.Visible(3).Text);
        Assert.Null(typeof(Demo.Outer<int>.Inner.CacheKeys).GetMethod("Hidden"));
        """);

    [Fact]
    public Task Of_counters() => Shape.RunAsync(
        """
        public sealed partial class Service(Cache cache)
        {
            [Cached("visits:{page}", Ttl = 60)]
            public partial long CountVisits(string page);

            private long CountVisitsCore(string page) => 10;
        }
        """,
        """
        var service = new Service(cache);
        Assert.Equal(1, await cache.IncrementAsync(Service.CacheKeys.CountVisits("a")));
        Assert.Equal(1, service.CountVisits("a"));
        Assert.Equal(10, service.CountVisits("b"));
        Assert.Equal(15, await cache.IncrementAsync(Service.CacheKeys.CountVisits("b"), 5));
        Assert.Equal(15, service.CountVisits("b"));
        """);
}
