using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.AspNetCore.Tests;

/// <summary>The output cache over the engine, and sessions over its <c>IDistributedCache</c>.</summary>
public sealed class OutputCacheTests
{
    [Fact]
    public async Task A_response_is_made_once_for_each_path_and_query()
    {
        int made = 0;
        await using var app = await StartAsync(context => context.Response.WriteAsync(Text(++made)));
        Assert.Equal("1", await app.Client.GetStringAsync("/page"));
        Assert.Equal("1", await app.Client.GetStringAsync("/page"));
        Assert.Equal("2", await app.Client.GetStringAsync("/page?q=x"));
        Assert.Equal("1", await app.Client.GetStringAsync("/page"));
    }

    [Fact]
    public async Task A_response_comes_back_with_its_status_and_headers()
    {
        await using var app = await StartAsync(async context =>
        {
            context.Response.ContentType = "text/x-test";
            context.Response.Headers["X-Made"] = "yes";
            await context.Response.WriteAsync("body");
        });
        await app.Client.GetStringAsync("/page");
        using var again = await app.Client.GetAsync("/page");
        Assert.Equal("text/x-test", again.Content.Headers.ContentType?.MediaType);
        Assert.Equal("yes", again.Headers.GetValues("X-Made").Single());
        Assert.NotNull(again.Headers.Age);
    }

    [Fact]
    public async Task Evicting_a_tag_ends_its_responses_and_no_others()
    {
        int made = 0;
        await using var app = await StartAsync(context => context.Response.WriteAsync(Text(++made)));
        await app.Client.GetStringAsync("/page");
        await app.Client.GetStringAsync("/untagged");
        await app.Services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync("pages", default);
        Assert.Equal("3", await app.Client.GetStringAsync("/page"));
        Assert.Equal("2", await app.Client.GetStringAsync("/untagged"));
    }

    [Fact]
    public async Task A_response_that_was_being_made_while_its_tag_was_evicted_is_not_stored()
    {
        int made = 0;
        var (begun, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await StartAsync(async context =>
        {
            string text = Text(++made);
            begun.TrySetResult();
            await release.Task;
            await context.Response.WriteAsync(text);
        });
        var first = app.Client.GetStringAsync("/page");
        await begun.Task;
        await app.Services.GetRequiredService<IOutputCacheStore>().EvictByTagAsync("pages", default);
        release.SetResult();
        Assert.Equal("1", await first);
        Assert.Equal("2", await app.Client.GetStringAsync("/page"));
        Assert.Equal("2", await app.Client.GetStringAsync("/page"));
    }

    [Fact]
    public async Task A_tag_that_a_method_invalidates_evicts_responses_too()
    {
        int made = 0;
        await using var app = await StartAsync(context => context.Response.WriteAsync(Text(++made)));
        await app.Client.GetStringAsync("/page");
        await app.Cache.InvalidateTagAsync("pages");
        Assert.Equal("2", await app.Client.GetStringAsync("/page"));
    }

    [Fact]
    public async Task The_store_takes_what_comes_without_a_request()
    {
        await using var app = await StartAsync(_ => Task.CompletedTask);
        var store = app.Services.GetRequiredService<IOutputCacheStore>();
        Assert.Null(await store.GetAsync("k", default));
        await store.SetAsync("k", [1, 2], null, TimeSpan.FromMinutes(1), default);
        Assert.Equal([1, 2], await store.GetAsync("k", default));
        Assert.Equal(["output:k"], await app.Cache.KeysAsync("output:*").ToListAsync());
    }

    [Fact]
    public async Task A_session_is_kept()
    {
        await using var app = await TestApp.StartAsync(
            services: services => services.AddCachedAttrDistributedCache().AddSession(options => options.IdleTimeout = TimeSpan.FromMinutes(5)),
            more: app =>
            {
                app.UseSession();
                app.MapGet("/visit", (HttpContext context) =>
                {
                    int visits = (context.Session.GetInt32("visits") ?? 0) + 1;
                    context.Session.SetInt32("visits", visits);
                    return visits;
                });
            });
        using var first = await app.Client.GetAsync("/visit");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/visit");
        again.Headers.Add("Cookie", first.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        using var second = await app.Client.SendAsync(again);
        Assert.Equal("1", await first.Content.ReadAsStringAsync());
        Assert.Equal("2", await second.Content.ReadAsStringAsync());
        Assert.Single(await app.Cache.KeysAsync("distributed:*").ToListAsync());
    }

    private static Task<TestApp> StartAsync(RequestDelegate page) => TestApp.StartAsync(
        services: services => services.AddCachedAttrOutputCache(),
        more: app =>
        {
            app.UseOutputCache();
            app.MapGet("/page", page).CacheOutput(policy => policy.Tag("pages").Expire(TimeSpan.FromMinutes(1)));
            app.MapGet("/untagged", page).CacheOutput();
        });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
