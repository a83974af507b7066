using CachedAttr.Tests.Loading;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

[assembly: CachedAttr.CachedMethodManifest("Tests.Service", "Get", "server:{id}")]
[assembly: CachedAttr.CachedMethodManifest("Tests.Timed", "Get", "timed:{id}", Ttl = 60, StaleIfError = 30, LoadTimeout = 5, Policy = "timed")]
[assembly: CachedAttr.CachedMethodManifest("Tests.Plain", "Get", "plain:{id}")]

namespace CachedAttr.Tests.Hosting;

public sealed class ConfigurationTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("DefaultTtl", "0", "CachedAttr:DefaultTtl: 0 is not allowed; it must be a positive, finite number of seconds.")]
    [InlineData("DefaultTtl", "-5", "CachedAttr:DefaultTtl: -5 is not allowed; it must be a positive, finite number of seconds.")]
    [InlineData("DefaultTtl", "NaN", "CachedAttr:DefaultTtl: NaN is not allowed; it must be a positive, finite number of seconds.")]
    [InlineData("DefaultTtl", "ten", "CachedAttr:DefaultTtl: 'ten' is not allowed; it must be a number of seconds, such as 600 or 0.5.")]
    [InlineData("DefaultTtl", "100000", "CachedAttr:DefaultTtl: 100000 is not allowed; it must be at most MaxTtl, which is 86400.")]
    [InlineData("LocalCapacity", "0", "CachedAttr:LocalCapacity: 0 is not allowed; it must be a whole number of entries, at least 1.")]
    [InlineData("LocalCapacity", "1.5", "CachedAttr:LocalCapacity: '1.5' is not allowed; it must be a whole number.")]
    [InlineData("Enabled", "yes", "CachedAttr:Enabled: 'yes' is not allowed; it must be true or false.")]
    [InlineData("DefaultTttl", "5", "CachedAttr:DefaultTttl: there is no such setting. Known here: Backend, BackendTimeout, Coherence, CompressAbove, DefaultTtl, Enabled, FailSilently, HeartbeatInterval, KeyPrefix, KeySecret, LocalCapacity, MaxEntrySize, MaxLoad, MaxTtl, Methods, Policies, RetryDelay.")]
    [InlineData("Methods:Service.Get:Ttl", "0", "CachedAttr:Methods:Service.Get:Ttl: 0 is not allowed; it must be a positive, finite number of seconds.")]
    [InlineData("Methods:Service.Get:Tl", "1", "CachedAttr:Methods:Service.Get:Tl: there is no such setting. Known here: DistributedLock, Enabled, Jitter, LoadTimeout, LocalCapacity, NullTtl, RefreshAhead, Sliding, SoftTimeout, StaleIfError, StaleWhileRevalidate, Tiers, Ttl.")]
    [InlineData("Methods:Service.Get:Tiers", "Everywhere", "CachedAttr:Methods:Service.Get:Tiers: 'Everywhere' is not allowed; it must be one of None, Local, Backend, Both.")]
    [InlineData("Methods:Service.Got:Ttl", "1", "CachedAttr:Methods:Service.Got: there is no cached method of this name. Known: ")]
    [InlineData("Policies:short:RefreshAhead", "1", "CachedAttr:Policies:short:RefreshAhead: 1 is not allowed; it must be a fraction between 0 and 1.")]
    [InlineData("Policies:short:Jitter", "-0.1", "CachedAttr:Policies:short:Jitter: -0.1 is not allowed; it must be a fraction from 0 to below 1.")]
    [InlineData("Policies:short:StaleIfError", "-1", "CachedAttr:Policies:short:StaleIfError: -1 is not allowed; it must be a finite number of seconds, at least 0.")]
    [InlineData("Policies:short:NullTtl", "-1", "CachedAttr:Policies:short:NullTtl: -1 is not allowed; it must be 0 (do not cache null) or a positive, finite number of seconds.")]
    [InlineData("Methods:Timed.Get:Sliding", "60", "CachedAttr:Methods:Timed.Get: Sliding is 60 s and Ttl 60 s, so it would never take effect; it must be less.")]
    [InlineData("Methods:Tests.Timed.Get:SoftTimeout", "5", "CachedAttr:Methods:Tests.Timed.Get: SoftTimeout is 5 s and LoadTimeout 5 s, so it would never take effect; it must be less.")]
    [InlineData("Methods:Timed.Get:StaleWhileRevalidate", "30", "CachedAttr:Methods:Timed.Get: StaleIfError is 30 s and StaleWhileRevalidate 30 s, which serves the stale value anyway; it must be more, or 0.")]
    [InlineData("Policies:timed:SoftTimeout", "9", "CachedAttr:Policies:timed: for Timed.Get: SoftTimeout is 9 s and LoadTimeout 5 s, so it would never take effect; it must be less.")]
    [InlineData("Methods:Plain.Get:SoftTimeout", "1", "CachedAttr:Methods:Plain.Get: SoftTimeout needs StaleIfError: without it there is no stale value to serve.")]
    [InlineData("Methods:Plain.Get:Sliding", "300", "CachedAttr:Methods:Plain.Get: Sliding is 300 s and Ttl 300 s, so it would never take effect; it must be less.")]
    public async Task A_setting_that_is_not_allowed_is_refused_at_start_by_name_value_and_what_is(string setting, string value, string message)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new($"CachedAttr:{setting}", value)]);
        builder.Services.AddCachedAttr(builder.Configuration);
        using var host = builder.Build();

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.StartsWith(message, Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_contradict_each_other_are_refused_at_start()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        string[] settings = ["Sliding=20", "Ttl=10", "StaleWhileRevalidate=5", "StaleIfError=0", "SoftTimeout=3", "LoadTimeout=2"];
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("CachedAttr:Policies:short:" + setting.Split('=')[0], (string?)setting.Split('=')[1])));
        builder.Services.AddCachedAttr(builder.Configuration);
        using var host = builder.Build();
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Equal(["Sliding is", "Sliding and StaleWhileRevalidate", "SoftTimeout needs", "SoftTimeout is"],
            exception.Failures.Select(failure => string.Join(' ', failure["CachedAttr:Policies:short: ".Length..].Split(' ')[..(failure.Contains("contradict", StringComparison.Ordinal) ? 3 : 2)])));
    }

    [Theory]
    [InlineData("Timed.Get:Sliding", "59")]
    [InlineData("Timed.Get:StaleWhileRevalidate", "29")]
    [InlineData("Timed.Get:SoftTimeout", "4")]
    public void Settings_that_go_with_what_the_attribute_says_are_taken(string setting, string value)
    {
        using var provider = Provider(Settings(("Methods:" + setting, value)));
        Assert.True(provider.GetRequiredService<Cache>().Enabled);
    }

    [Fact]
    public void Without_a_host_options_are_refused_when_the_cache_is_made()
    {
        var exception = Assert.Throws<OptionsValidationException>(() => Cache.Create(options =>
        {
            options.MaxLoad = 0;
            options.LocalCapacity = -1;
        }));
        Assert.Equal(2, exception.Failures.Count());
    }

    [Fact]
    public async Task An_override_by_method_beats_the_named_policy_which_beats_the_attribute()
    {
        var settings = Settings(("Policies:short:Ttl", "10"), ("Policies:short:NullTtl", "1"), ("Methods:Service.Get:Ttl", "20"));
        using var provider = Provider(settings);
        var method = new TestMethod<string?>(provider.GetRequiredService<Cache>(), new CachePolicy { Ttl = 600, NullTtl = 600 }, policyName: "short");

        await method.GetAsync(1, "value");
        await method.GetAsync(2, (string?)null);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(method.IsCached(2));
        _clock.Advance(TimeSpan.FromSeconds(18.9));
        Assert.True(method.IsCached(1));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(method.IsCached(1));
    }

    [Fact]
    public async Task A_method_can_be_overridden_by_its_full_name()
    {
        using var provider = Provider(Settings(("Methods:Tests.Service.Get:Enabled", "false")));
        var method = new TestMethod<string>(provider.GetRequiredService<Cache>());

        Assert.Equal("one", await method.GetAsync(1, "one"));
        Assert.Equal("two", await method.GetAsync(1, "two"));
    }

    [Fact]
    public async Task A_change_takes_effect_while_the_host_runs()
    {
        var settings = Settings(("DefaultTtl", "10"));
        using var provider = Provider(settings);
        var method = new TestMethod<string>(provider.GetRequiredService<Cache>(), new CachePolicy());
        await method.GetAsync(1, "before");

        Change(settings, ("DefaultTtl", "100"));
        await method.GetAsync(2, "after");
        _clock.Advance(TimeSpan.FromSeconds(50));

        Assert.False(method.IsCached(1));
        Assert.True(method.IsCached(2));
    }

    [Fact]
    public async Task The_cache_can_be_switched_off_and_on_and_keeps_to_invalidations_made_meanwhile()
    {
        var settings = Settings(("Enabled", "true"));
        using var provider = Provider(settings);
        var cache = provider.GetRequiredService<Cache>();
        var method = new TestMethod<string>(cache);
        await method.GetAsync(1, "kept");
        await method.GetAsync(2, "invalidated");

        Change(settings, ("Enabled", "false"));
        Assert.Equal("direct", await method.GetAsync(1, "direct"));
        Assert.Equal("direct", method.Get(1, () => "direct"));
        cache.Invalidate("server:2*");
        Change(settings, ("Enabled", "true"));

        Assert.Equal("kept", await method.GetAsync(1, "unused"));
        Assert.Equal("fresh", await method.GetAsync(2, "fresh"));
    }

    [Fact]
    public async Task A_smaller_capacity_takes_effect_while_the_host_runs()
    {
        var settings = Settings(("LocalCapacity", "100"));
        using var provider = Provider(settings);
        var cache = provider.GetRequiredService<Cache>();
        var method = new TestMethod<string>(cache);
        for (int id = 0; id < 100; id++)
            await method.GetAsync(id, "value");

        Change(settings, ("LocalCapacity", "10"));

        Assert.Equal(10, cache.Regions.All.Sum(region => region.Count));
    }

    [Fact]
    public async Task A_change_that_is_not_allowed_leaves_everything_as_it_was()
    {
        var settings = Settings(("DefaultTtl", "10"));
        using var provider = Provider(settings);
        var method = new TestMethod<string>(provider.GetRequiredService<Cache>(), new CachePolicy());

        Change(settings, ("DefaultTtl", "-1"));
        await method.GetAsync(1, "value");

        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.True(method.IsCached(1));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(method.IsCached(1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Code_wins_over_configuration_whichever_is_registered_first(bool codeFirst)
    {
        var services = new ServiceCollection();
        var settings = Settings(("DefaultTtl", "10"), ("MaxTtl", "50"));
        if (codeFirst)
            services.AddCachedAttr(options => options.DefaultTtl = 20).AddCachedAttr(settings);
        else
            services.AddCachedAttr(settings).AddCachedAttr(options => options.DefaultTtl = 20);
        using var provider = services.BuildServiceProvider();

        var cache = provider.GetRequiredService<Cache>();

        Assert.Equal(20, cache.Options.DefaultTtl);
        Assert.Equal(50, cache.Options.MaxTtl);
    }

    [Fact]
    public void Null_arguments_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => new ServiceCollection().AddCachedAttr((IConfiguration)null!));
        Assert.Throws<ArgumentNullException>(() => CacheServiceCollectionExtensions.AddCachedAttr(null!));
    }

    private static IConfigurationRoot Settings(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        foreach (var (key, value) in settings)
            configuration[$"CachedAttr:{key}"] = value;
        return configuration;
    }

    private static void Change(IConfigurationRoot configuration, (string Key, string Value) setting)
    {
        configuration[$"CachedAttr:{setting.Key}"] = setting.Value;
        configuration.Reload();
    }

    private ServiceProvider Provider(IConfiguration configuration) =>
        new ServiceCollection().AddCachedAttr(configuration).AddCachedAttr(options => options.TimeProvider = _clock).BuildServiceProvider();
}
