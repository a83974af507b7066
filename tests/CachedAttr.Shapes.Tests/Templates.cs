namespace CachedAttr.Shapes.Tests;

public sealed record User(int Id, string Name, Address? Address = null);

public sealed record Address(string? City);

public sealed record Tenant(string Id);

public sealed partial class Templates(Cache cache, Calls calls, Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    [Cached(Ttl = 60)]
    public partial int DefaultTemplate(int id, string name);

    private int DefaultTemplateCore(int id, string name) => calls.Next();

    [Cached("prefix", Ttl = 60)]
    public partial int Prefix(int id, string name);

    private int PrefixCore(int id, string name) => calls.Next();

    [Cached("member:{user.Id}", Ttl = 60)]
    public partial int Member([CacheKeyIgnore] User user);

    private int MemberCore(User user) => calls.Next();

    [Cached("deep:{user.Address.City}:{user.Name}", Ttl = 60)]
    public partial int DeepMember(User? user);

    private int DeepMemberCore(User? user) => calls.Next();

    [Cached("orders:{_tenant.Id}:{id}", Ttl = 60)]
    public partial int OfTenant(int id);

    private int OfTenantCore(int id) => calls.Next();

    [Cached("report:{day:yyyy-MM-dd}", Ttl = 60)]
    public partial int Formatted(DateTime day);

    private int FormattedCore(DateTime day) => calls.Next();

    [Cached("between:{a}-{b}/{c}", Ttl = 60)]
    public partial int OtherDelimiters(string a, string b, string c);

    private int OtherDelimitersCore(string a, string b, string c) => calls.Next();

    [Cached("built", Ttl = 60, KeyBuilder = nameof(BuildKey))]
    public partial int Built([CacheKeyIgnore] int id, string name);

    private int BuiltCore(int id, string name) => calls.Next();

    private static string BuildKey(string name) => $"custom:{name}";
}

public sealed partial class Options(Cache cache, Calls calls)
{
    [Cached("opt:when:{id}", Ttl = 60, When = nameof(IsPositive))]
    public partial int When(int id, CancellationToken token = default);

    private int WhenCore(int id, CancellationToken token) => calls.Next();

    private static bool IsPositive(int id) => id > 0;

    [Cached("opt:unless:{id}", Ttl = 60, Unless = nameof(IsEven))]
    public partial Task<int> UnlessAsync(int id);

    private Task<int> UnlessCoreAsync(int id) => calls.NextAsync();

    private bool IsEven(int result, int id) => (result + id) % 2 == 0;

    [Cached("opt:null:{id}", Ttl = 60, NullTtl = 0)]
    public partial string? NullIsNotCached(int id);

    private string? NullIsNotCachedCore(int id) => calls.Next() < 2 ? null : "there";

    [Cached("opt:capacity:{id}", Ttl = 60, LocalCapacity = 2)]
    public partial int Small(int id);

    private int SmallCore(int id) => calls.Next();

    [Cached("opt:tiers:{id}", Ttl = 60, Tiers = CacheTiers.None)]
    public partial int Nowhere(int id);

    private int NowhereCore(int id) => calls.Next();

    [Cached("opt:local:{id}", Ttl = 0.5, Tiers = CacheTiers.Local, Policy = "brief")]
    public partial ValueTask<int> LocalAsync(int id);

    private ValueTask<int> LocalCoreAsync(int id) => calls.NextValueAsync();
}

public sealed class TemplateTests : IDisposable
{
    private readonly Cache _cache = Cache.Create(options => options.Policies["brief"] = new CachePolicy { Ttl = 30 });
    private readonly Calls _calls = new();
    private readonly Templates _service;
    private readonly Options _options;

    public TemplateTests()
    {
        _service = new Templates(_cache, _calls, new Tenant("acme"));
        _options = new Options(_cache, _calls);
    }

    [Fact]
    public async Task Without_a_template_type_method_and_all_parameters_are_the_key()
    {
        Calls.Check(() => _service.DefaultTemplate(1, "a"), () => _service.DefaultTemplate(1, "b"), _service);
        Assert.True(await _cache.ExistsAsync("Templates.DefaultTemplate:1:a"));
    }

    [Fact]
    public async Task A_template_without_holes_is_a_prefix()
    {
        Calls.Check(() => _service.Prefix(1, "a"), () => _service.Prefix(2, "a"), _service);
        Assert.True(await _cache.ExistsAsync("prefix:1:a"));
    }

    [Fact]
    public void A_member_of_a_parameter()
    {
        Calls.Check(() => _service.Member(new User(1, "a")), () => _service.Member(new User(2, "a")), _service);
        Assert.Equal(_service.Member(new User(1, "a")), _service.Member(new User(1, "b")));
    }

    [Fact]
    public void A_member_of_a_member_and_nulls_on_the_way()
    {
        Calls.Check(() => _service.DeepMember(new User(1, "a", new Address("x"))), () => _service.DeepMember(new User(1, "a", new Address("y"))), _service);
        Calls.Check(() => _service.DeepMember(null), () => _service.DeepMember(new User(1, "a")), _service);
    }

    [Fact]
    public void A_member_of_the_class_keeps_tenants_apart()
    {
        var other = new Templates(_cache, _calls, new Tenant("other"));
        Calls.Check(() => _service.OfTenant(1), () => other.OfTenant(1), _service);
        Assert.Equal("orders:acme:1", Templates.CacheKeys.OfTenant("acme", 1).Text);
    }

    [Fact]
    public void A_format_decides_what_counts()
    {
        var day = new DateTime(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
        Calls.Check(() => _service.Formatted(day), () => _service.Formatted(day.AddDays(1)), _service);
        Assert.Equal(_service.Formatted(day), _service.Formatted(day.AddHours(1)));
        Assert.Equal("report:2026-03-01", Templates.CacheKeys.Formatted(day).Text);
    }

    [Fact]
    public void Other_delimiters_are_escaped_inside_arguments()
    {
        Calls.Check(() => _service.OtherDelimiters("x-y", "z", "w"), () => _service.OtherDelimiters("x", "y-z", "w"), _service);
        Assert.Equal("between:x%2Dy-z/w", Templates.CacheKeys.OtherDelimiters("x-y", "z", "w").Text);
    }

    [Fact]
    public async Task A_key_builder_decides_alone()
    {
        Assert.Equal(_service.Built(1, "a"), _service.Built(2, "a"));
        Assert.NotEqual(_service.Built(1, "a"), _service.Built(1, "b"));
        Assert.True(await _cache.ExistsAsync("built:custom:a"));
    }

    [Fact]
    public void When_decides_whether_the_cache_is_used()
    {
        Assert.Equal(_options.When(1), _options.When(1));
        Assert.NotEqual(_options.When(0), _options.When(0));
    }

    [Fact]
    public async Task Unless_decides_whether_a_result_is_stored()
    {
        int even = await _options.UnlessAsync(1); // 1 + 1
        Assert.NotEqual(even, await _options.UnlessAsync(1)); // 2 + 1
        Assert.Equal(2, await _options.UnlessAsync(1));
    }

    [Fact]
    public void A_null_is_not_cached_where_it_shall_not()
    {
        Assert.Null(_options.NullIsNotCached(1));
        Assert.Equal("there", _options.NullIsNotCached(1));
        Assert.Equal("there", _options.NullIsNotCached(1));
        Assert.Equal(3, _calls.Next());
    }

    [Fact]
    public async Task The_capacity_of_a_method_bounds_it()
    {
        for (int id = 0; id < 10; id++)
            _options.Small(id);
        Assert.Equal(2, await _cache.ClearAsync("opt:capacity:*"));
    }

    [Fact]
    public void No_tier_means_no_cache() => Assert.NotEqual(_options.Nowhere(1), _options.Nowhere(1));

    [Fact]
    public async Task A_policy_overrides_the_attribute()
    {
        await _options.LocalAsync(1);
        Assert.InRange((await _cache.GetTtlAsync("opt:local:1"))!.Value.TotalSeconds, 20, 30);
    }

    [Fact]
    public async Task Every_key_of_CacheKeys_is_the_one_that_the_method_uses()
    {
        int first = _service.Prefix(7, "x");
        Assert.Equal(first, await _cache.GetAsync(Templates.CacheKeys.Prefix(7, "x")));
        await _cache.SetAsync(Templates.CacheKeys.Prefix(7, "x"), -1);
        Assert.Equal(-1, _service.Prefix(7, "x"));
        await _cache.RemoveAsync(Templates.CacheKeys.Prefix(7, "x"));
        Assert.NotEqual(-1, _service.Prefix(7, "x"));
    }

    [Fact]
    public async Task A_key_set_by_hand_before_the_first_call_is_what_the_method_returns()
    {
        using var cache = Cache.Create();
        await cache.SetAsync(Templates.CacheKeys.Prefix(7, "x"), -1);
        Assert.Equal(-1, new Templates(cache, _calls, new Tenant("a")).Prefix(7, "x"));
    }

    public void Dispose() => _cache.Dispose();
}
