using CachedAttr.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CachedAttr.Shapes.Tests;

/// <summary>One class with two caches, by key of the injected service.</summary>
public sealed partial class Catalog(Cache cache, [FromKeyedServices("catalog")] Cache other, Calls calls)
{
    [Cached("item:{id}", Ttl = 60)]
    public partial int Get(int id);

    private int GetCore(int id) => calls.Next();

    [Cached("item:{id}", Ttl = 60, Cache = "catalog")]
    public partial int GetOther(int id);

    private int GetOtherCore(int id) => calls.Next();

    [InvalidateCache("item:*", Cache = "catalog")]
    public partial void ClearOther();

    private static void ClearOtherCore()
    {
    }

    [CachePut("item:{id}", Cache = "catalog")]
    public partial int Put(int id);

    private static int PutCore(int id) => -id;
}

/// <summary>By the members' names; the one that is named is never taken for the ordinary one.</summary>
public sealed partial class ByName
{
    private readonly Cache _catalogCache;
    private readonly Calls _calls;

    public ByName(Cache catalog, Cache main, Calls calls) => (_catalogCache, Main, _calls) = (catalog, main, calls);

    public Cache Main { get; }

    public bool HasTwo => !ReferenceEquals(_catalogCache, Main);

    [Cached("item:{id}", Ttl = 60, Cache = "catalog")]
    public partial int Get(int id);

    private int GetCore(int id) => _calls.Next();
}

public sealed class SeveralCachesTests
{
    [Fact]
    public void Caches_of_several_names_share_nothing()
    {
        var services = new ServiceCollection();
        services.AddCachedAttr();
        services.AddCachedAttr("catalog", options => options.DefaultTtl = 10);
        services.AddSingleton<Calls>().AddTransient<Catalog>();
        using var provider = services.BuildServiceProvider();
        var catalog = provider.GetRequiredService<Catalog>();
        Assert.Equal((1, 1), (catalog.Get(1), catalog.Get(1)));
        Assert.Equal((2, 2), (catalog.GetOther(1), catalog.GetOther(1)));
        catalog.ClearOther();
        Assert.Equal((1, 3), (catalog.Get(1), catalog.GetOther(1)));
        catalog.Put(1);
        Assert.Equal((1, -1), (catalog.Get(1), catalog.GetOther(1)));
        Assert.NotSame(provider.GetRequiredService<Cache>(), provider.GetRequiredKeyedService<Cache>("catalog"));
    }

    [Fact]
    public void A_named_cache_is_found_by_the_name_of_a_member()
    {
        using Cache catalog = Cache.Create(), main = Cache.Create();
        var service = new ByName(catalog, main, new Calls());
        service.Get(5);
        Assert.True(service.HasTwo);
        Assert.True(catalog.TryGet<int>("item:5").Found);
        Assert.False(service.Main.TryGet<int>("item:5").Found);
    }

    [Fact]
    public async Task A_named_cache_has_settings_of_its_own_which_are_checked()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("CachedAttr:DefaultTtl", "20"), new("CachedAttr:Caches:catalog:DefaultTtl", "7"), new("CachedAttr:Caches:bad:DefaultTtl", "-7")]).Build();
        var time = new ManualTimeProvider();
        var services = new ServiceCollection();
        services.AddCachedAttr(configuration).AddCachedAttr(options => options.TimeProvider = time);
        services.AddCachedAttr("catalog", configuration).AddCachedAttr("catalog", options => options.TimeProvider = time);
        services.AddCachedAttr("bad", configuration);
        await using var provider = services.BuildServiceProvider();
        var (main, catalog) = (provider.GetRequiredService<Cache>(), provider.GetRequiredKeyedService<Cache>("catalog"));
        main.Set("k", 1);
        catalog.Set("k", 2);
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.True(main.TryGet<int>("k").Found);
        Assert.False(catalog.TryGet<int>("k").Found);
        var exception = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => provider.GetRequiredKeyedService<Cache>("bad"));
        Assert.Contains("DefaultTtl: -7", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warm_up_fills_the_cache_and_what_fails_does_not_stop_the_host()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddCachedAttr();
        builder.Services.AddCachedAttr("catalog");
        builder.Services.AddSingleton<Calls>().AddScoped<Catalog>();
        var warm = new TaskCompletionSource();
        for (int i = 0; i < 20; i++)
        {
            int id = i;
            builder.Services.AddCacheWarmup<Catalog>(catalog => Task.FromResult(catalog.Get(id)));
        }

        builder.Services.AddCacheWarmup<Catalog>((_, _) => throw new InvalidOperationException("It fails."));
        builder.Services.AddCacheWarmup<Calls>(async (calls, token) =>
        {
            while (calls.Count < 20)
                await Task.Delay(1, token);
            warm.SetResult();
        });
        using var host = builder.Build();
        await host.StartAsync();
        await warm.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await host.StopAsync();
        var catalog = host.Services.CreateScope().ServiceProvider.GetRequiredService<Catalog>();
        for (int i = 0; i < 20; i++)
            Assert.InRange(catalog.Get(i), 1, 20);
    }

    [Fact]
    public void A_cache_is_switched_off_and_on_and_nothing_stale_is_there_afterwards()
    {
        using var cache = Cache.Create();
        var catalog = new Catalog(cache, cache, new Calls());
        Assert.Equal((1, 2), (catalog.Get(1), catalog.Get(2)));
        cache.Enabled = false;
        Assert.False(cache.Enabled);
        Assert.Equal((3, 4), (catalog.Get(1), catalog.Get(1)));
        cache.Invalidate("item:1");
        cache.Enabled = true;
        Assert.True(cache.Enabled);
        Assert.Equal((5, 5, 2), (catalog.Get(1), catalog.Get(1), catalog.Get(2)));
    }

    [Fact]
    public async Task Many_values_are_set_at_once()
    {
        using var cache = Cache.Create();
        await cache.SetManyAsync(Enumerable.Range(0, 50).Select(i => KeyValuePair.Create($"k:{i}", i)), TimeSpan.FromMinutes(1), ["many"]);
        Assert.Equal(50, (await cache.GetManyAsync<int>(Enumerable.Range(0, 60).Select(i => $"k:{i}"))).Count);
        await cache.InvalidateTagAsync("many");
        Assert.Empty(await cache.GetManyAsync<int>(Enumerable.Range(0, 60).Select(i => $"k:{i}")));
    }
}
