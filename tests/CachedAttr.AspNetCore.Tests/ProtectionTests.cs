using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.AspNetCore.Tests;

/// <summary>Who may see the pages, and who may change something.</summary>
public sealed class ProtectionTests
{
    private static readonly string[] Paths = ["", "/status", "/methods", "/graph", "/keys", "/entry?key=k", "/health", "/stream", "/token", "/app.js", "/graph.js", "/app.css"];

    [Fact]
    public async Task In_production_nothing_is_mapped_until_somebody_says_who_may_see_it()
    {
        await using var app = await TestApp.StartAsync(environment: "Production");

        foreach (string path in Paths)
            Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync("/cache" + path)).StatusCode);
        Assert.Equal(
            "The cache's pages at '/cache' are not mapped: the environment is Production and nobody has said who may see them. Add .RequireAuthorization() to MapCachedAttr, or .AllowAnonymous() if everyone may.",
            Assert.Single(app.Log));
    }

    [Fact]
    public async Task With_authorization_who_is_anonymous_is_refused_and_who_is_not_gets_in()
    {
        await using var app = await TestApp.StartAsync(pages => pages.RequireAuthorization(), "Production");

        foreach (string path in Paths)
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.Client.GetAsync("/cache" + path)).StatusCode);
        app.Client.DefaultRequestHeaders.Add("X-User", "ada");
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/cache/status")).StatusCode);
        Assert.Empty(app.Log);
    }

    [Fact]
    public async Task Open_access_has_to_be_said()
    {
        await using var app = await TestApp.StartAsync(pages => pages.AllowAnonymous(), "Production");

        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/cache")).StatusCode);
    }

    [Fact]
    public async Task A_fallback_policy_or_a_group_around_it_protects_as_well()
    {
        await using var fallback = await TestApp.StartAsync(environment: "Production", services: services =>
            services.Configure<AuthorizationOptions>(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await fallback.Client.GetAsync("/cache/status")).StatusCode);

        await using var grouped = await TestApp.StartAsync(environment: "Production", group: app => app.MapGroup("/admin").RequireAuthorization());
        Assert.Equal(HttpStatusCode.Unauthorized, (await grouped.Client.GetAsync("/admin/cache/status")).StatusCode);
        Assert.Empty(grouped.Log);
    }

    [Fact]
    public async Task In_development_it_is_open()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/cache")).StatusCode);
    }

    [Theory]
    [InlineData(true, true, null, HttpStatusCode.OK)]
    [InlineData(false, true, null, HttpStatusCode.BadRequest)]
    [InlineData(true, false, null, HttpStatusCode.BadRequest)]
    [InlineData(false, false, null, HttpStatusCode.BadRequest)]
    [InlineData(true, true, "mallory", HttpStatusCode.BadRequest)]
    public async Task A_post_needs_cookie_and_header_of_the_same_user(bool withCookie, bool withHeader, string? tokenOf, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(pages => pages.RequireAuthorization(), "Production");
        await app.Items.GetItemAsync(1);

        foreach (string path in new[] { "/cache/invalidate", "/cache/clear" })
        {
            using var answer = await app.PostAsync(path, new { pattern = "item:*" }, "ada", withCookie, withHeader, tokenOf);
            Assert.Equal(expected, answer.StatusCode);
        }

        Assert.Equal(expected != HttpStatusCode.OK, await app.Cache.ExistsAsync("item:1"));
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused_for_its_type()
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await app.Client.PostAsync("/cache/clear", new FormUrlEncodedContent([new("pattern", "*")]));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Changes_can_be_switched_off()
    {
        await using var app = await TestApp.StartAsync(configure: options => options.AllowChanges = false);
        using var answer = await app.PostAsync("/cache/clear", new { pattern = "*" });

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("data-changes=\"false\"", await app.Client.GetStringAsync("/cache"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_is_for_scripts_of_this_site_only()
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await app.Client.GetAsync("/cache");

        string cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Nothing_inline_and_nothing_foreign_may_run()
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await app.Client.GetAsync("/cache");
        string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        string page = await answer.Content.ReadAsStringAsync();

        Assert.Contains("default-src 'none'; script-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*src)", page);
        Assert.DoesNotMatch("<style|\\sstyle=|\\son[a-z]+=", page);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
    }
}
