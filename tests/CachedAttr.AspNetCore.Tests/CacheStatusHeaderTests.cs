using CachedAttr.AspNetCore;
using CachedAttr.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.AspNetCore.Tests;

public sealed class CacheStatusHeaderTests
{
    [Theory]
    [InlineData(CacheOutcome.Hit, CacheTiers.Local, 29.9, "CachedAttr; hit; ttl=29; detail=\"S.Get local\"")]
    [InlineData(CacheOutcome.Hit, CacheTiers.Backend, null, "CachedAttr; hit; detail=\"S.Get backend\"")]
    [InlineData(CacheOutcome.Stale, CacheTiers.Local, -5.0, "CachedAttr; hit; ttl=-5; detail=\"S.Get local\"")]
    [InlineData(CacheOutcome.Miss, CacheTiers.None, null, "CachedAttr; fwd=miss; detail=\"S.Get\"")]
    [InlineData(CacheOutcome.Joined, CacheTiers.None, null, "CachedAttr; fwd=miss; collapsed; detail=\"S.Get\"")]
    public void A_call_is_a_member_as_rfc_9211_has_it(CacheOutcome outcome, CacheTiers tier, double? remaining, string expected) =>
        Assert.Equal(expected, CacheStatusHeader.Format(
            [new("S.Get", "key", outcome, tier) { Remaining = remaining is { } seconds ? TimeSpan.FromSeconds(seconds) : null }], withKeys: false));

    [Fact]
    public void A_key_is_a_string_of_structured_fields_whatever_is_in_it() => Assert.Equal(
        "CachedAttr; hit; key=\"a\\\"b\\\\c?????\"; detail=\"S.Get local\"",
        CacheStatusHeader.Format([new("S.Get", "a\"b\\cäö\r\n\u0001", CacheOutcome.Hit, CacheTiers.Local)], withKeys: true));

    [Fact]
    public void Only_so_many_are_told()
    {
        var calls = Enumerable.Repeat(new CacheObservation("S.Get", "k", CacheOutcome.Hit, CacheTiers.Local), 100).ToList();

        Assert.Equal(CacheStatusHeader.MaxMembers, CacheStatusHeader.Format(calls, withKeys: true)!.Split(", ").Length);
    }

    [Theory]
    [InlineData(false, "CachedAttr; fwd=miss; detail=\"ItemService.GetItemAsync\", CachedAttr; hit; ttl=599; detail=\"ItemService.GetItemAsync local\"")]
    [InlineData(true, "CachedAttr; fwd=miss; key=\"item:1\"; detail=\"ItemService.GetItemAsync\", CachedAttr; hit; ttl=599; key=\"item:1\"; detail=\"ItemService.GetItemAsync local\"")]
    public async Task A_response_tells_of_the_calls_of_its_request(bool withKeys, string expected)
    {
        await using var app = await TestApp.StartAsync(more: app =>
        {
            app.UseCacheStatusHeader(withKeys);
            app.MapGet("/item", async (HttpContext context) =>
            {
                var items = new ItemService(context.RequestServices.GetRequiredService<Cache>());
                await items.GetItemAsync(1);
                return (await items.GetItemAsync(1)).Name;
            });
            app.MapGet("/none", () => "nothing cached");
        });

        using var answer = await app.Client.GetAsync("/item");
        Assert.Equal(expected, Assert.Single(answer.Headers.GetValues("Cache-Status")).Replace("ttl=600", "ttl=599", StringComparison.Ordinal));
        using var none = await app.Client.GetAsync("/none");
        Assert.False(none.Headers.Contains("Cache-Status"));
    }
}
