using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CachedAttr.AspNetCore;

namespace CachedAttr.AspNetCore.Tests;

public sealed class EndpointTests
{
    [Fact]
    public async Task Status_has_totals_methods_and_invalidations()
    {
        await using var app = await TestApp.StartAsync();
        for (int i = 0; i < 4; i++)
            await app.Items.GetItemAsync(1);
        await app.Items.UpdateItemAsync(1);

        var status = await app.Client.GetFromJsonAsync<JsonElement>("/cache/status");
        Assert.Equal((3, 1, 0.75), (status.GetProperty("hits").GetInt64(), status.GetProperty("misses").GetInt64(), status.GetProperty("hitRatio").GetDouble()));
        var method = Assert.Single(status.GetProperty("methods").EnumerateArray());
        Assert.Equal(("ItemService.GetItemAsync", "item:{id}", 600), (method.GetProperty("name").GetString(), method.GetProperty("template").GetString(), method.GetProperty("ttl").GetDouble()));
        Assert.Equal(["items:*", "item:1"], status.GetProperty("invalidations").EnumerateArray().Select(one => one.GetProperty("text").GetString()!));
    }

    [Fact]
    public async Task The_graph_knows_who_invalidates_what()
    {
        await using var app = await TestApp.StartAsync();
        var graph = await app.Client.GetFromJsonAsync<JsonElement>("/cache/graph");

        var edges = graph.GetProperty("edges").EnumerateArray().Where(edge => edge.GetProperty("by").GetString() is "ItemService.UpdateItemAsync")
            .Select(edge => (edge.GetProperty("pattern").GetString(), string.Join(' ', edge.GetProperty("concerns").EnumerateArray().Select(name => name.GetString()))));
        Assert.Equal([("item:{id}", "ItemService.GetItemAsync"), ("items:*", "ItemService.ListItemsAsync")], edges);
    }

    [Fact]
    public async Task Keys_are_found_by_pattern_and_no_more_than_asked_for()
    {
        await using var app = await TestApp.StartAsync();
        for (int i = 0; i < 10; i++)
            await app.Items.GetItemAsync(i);

        var found = await app.Client.GetFromJsonAsync<JsonElement>("/cache/keys?pattern=item:[12]");
        Assert.Equal(["item:1", "item:2"], found.GetProperty("keys").EnumerateArray().Select(key => key.GetString()!).Order(StringComparer.Ordinal));
        var some = await app.Client.GetFromJsonAsync<JsonElement>("/cache/keys?take=3");
        Assert.Equal((3, true), (some.GetProperty("keys").GetArrayLength(), some.GetProperty("hasMore").GetBoolean()));
    }

    [Fact]
    public async Task A_pattern_of_a_megabyte_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        string pattern = new('a', 1024 * 1024);
        using var posted = await app.PostAsync("/cache/invalidate", new { pattern });
        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
        using var tooLong = await app.PostAsync("/cache/invalidate", new { pattern = pattern[..1001] });
        Assert.Equal("{\"error\":\"A pattern has 1 to 1000 characters; this one has 1001.\"}", await tooLong.Content.ReadAsStringAsync());
        using var asked = await app.Client.GetAsync("/cache/keys?pattern=" + pattern[..60_000]);
        Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
    }

    [Theory]
    [InlineData("item:[")]
    [InlineData("")]
    public async Task A_malformed_pattern_is_refused_and_the_answer_says_why(string pattern)
    {
        await using var app = await TestApp.StartAsync();
        using var answer = await app.PostAsync("/cache/invalidate", new { pattern });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["error"].Length > 20);
    }

    [Fact]
    public async Task Values_are_hidden_by_default_and_shown_by_option()
    {
        await using (var hidden = await TestApp.StartAsync())
        {
            await hidden.Items.GetItemAsync(7);
            string entry = await hidden.Client.GetStringAsync("/cache/entry?key=item:7");
            Assert.DoesNotContain("item 7", entry, StringComparison.Ordinal);
            Assert.Contains("\"valueShown\":false", entry, StringComparison.Ordinal);
        }

        await using var shown = await TestApp.StartAsync(configure: options => options.ShowValues = true);
        await shown.Items.GetItemAsync(7);
        var answer = await shown.Client.GetFromJsonAsync<JsonElement>("/cache/entry?key=item:7");
        Assert.Contains("item 7", answer.GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.Equal(("ItemService.GetItemAsync", "Local"), (answer.GetProperty("method").GetString(), answer.GetProperty("tier").GetString()));
        Assert.InRange(answer.GetProperty("remaining").GetDouble(), 590, 600);
        Assert.True(answer.GetProperty("size").GetInt64() > 48);
    }

    [Fact]
    public async Task Looking_at_an_entry_is_no_hit()
    {
        await using var app = await TestApp.StartAsync();
        await app.Items.GetItemAsync(7);
        await app.Client.GetStringAsync("/cache/entry?key=item:7");

        Assert.Equal(0, app.Cache.GetStatus().Hits);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync("/cache/entry?key=item:8")).StatusCode);
    }

    [Fact]
    public async Task Clear_tells_how_many_it_removed()
    {
        await using var app = await TestApp.StartAsync();
        await app.Items.GetItemAsync(1);
        await app.Items.GetItemAsync(2);
        using var answer = await app.PostAsync("/cache/clear", new { pattern = "item:*" });

        Assert.Equal("{\"pattern\":\"item:*\",\"removed\":2}", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_stream_sends_all_methods_and_then_those_that_change()
    {
        await using var app = await TestApp.StartAsync(configure: options => options.StreamInterval = TimeSpan.FromMilliseconds(100));
        await app.Items.GetItemAsync(1);
        await app.Items.ListItemsAsync("ada");
        using var stream = new StreamReader(await app.Client.GetStreamAsync("/cache/stream"));
        Assert.Equal(2, (await NextAsync(stream)).GetProperty("methods").GetArrayLength());
        await app.Items.GetItemAsync(1);

        while (true)
        {
            var changed = (await NextAsync(stream)).GetProperty("methods");
            if (changed.GetArrayLength() == 0)
                continue;
            Assert.Equal("ItemService.GetItemAsync", Assert.Single(changed.EnumerateArray()).GetProperty("name").GetString());
            break;
        }
    }

    [Fact]
    public async Task Too_many_pages_are_refused()
    {
        await using var app = await TestApp.StartAsync(configure: options => options.MaxStreams = 1);
        using var first = await app.Client.GetAsync("/cache/stream", HttpCompletionOption.ResponseHeadersRead);
        using var second = await app.Client.GetAsync("/cache/stream", HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task Files_are_not_sent_again_to_who_has_them()
    {
        await using var app = await TestApp.StartAsync();
        using var first = await app.Client.GetAsync("/cache/app.js");
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/cache/app.js");
        ask.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await app.Client.SendAsync(ask);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    private static async Task<JsonElement> NextAsync(StreamReader stream)
    {
        while (true)
        {
            string line = await stream.ReadLineAsync() ?? throw new EndOfStreamException();
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                return JsonDocument.Parse(line[6..]).RootElement;
        }
    }
}
