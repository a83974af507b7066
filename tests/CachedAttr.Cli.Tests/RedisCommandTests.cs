using System.Text.Json;

namespace CachedAttr.Cli.Tests;

/// <summary>The commands against a real server, as a process.</summary>
public sealed class RedisCommandTests(RedisFixture redis) : IClassFixture<RedisFixture>
{
    [Theory]
    [InlineData("status")]
    [InlineData("health")]
    [InlineData("keys-offers", "keys", "offer:*")]
    [InlineData("get", "get", "offer:1")]
    [InlineData("ttl-text", "ttl", "note")]
    [InlineData("bench", "bench", "--count", "20")]
    [InlineData("doctor")]
    public async Task What_people_and_programs_read(string name, params string[] arguments)
    {
        string[] command = arguments.Length > 0 ? arguments : [name];
        var table = await RunAsync(command);
        var json = await RunAsync([.. command, "--json"]);

        Assert.Equal((ExitCodes.Done, ""), (table.Code, table.Error));
        Assert.Equal((ExitCodes.Done, ""), (json.Code, json.Error));
        JsonDocument.Parse(json.Output).Dispose();
        if (name is not "ttl-text")
            Golden.Verify(table.Output, name);
        Golden.Verify(json.Output, name + "-json");
    }

    [Fact]
    public async Task An_invalidation_holds_in_the_application_and_is_seen_by_who_watches()
    {
        await redis.Cache.SetAsync("watched:1", "v");
        using var watch = Tool.Start("watch", "--count", "2", "-c", redis.Connection, "-p", "shop:");
        await watch.StandardError.ReadLineAsync();
        var done = await RunAsync("invalidate", "watched:*", "watched:1");
        Assert.Equal((ExitCodes.Done, "Invalidated watched:*, watched:1\n"), (done.Code, done.Output));
        string seen = await watch.StandardOutput.ReadToEndAsync();

        Golden.Verify(string.Join('\n', seen.Split('\n').Order(StringComparer.Ordinal)), "watch");
        Assert.Equal(ExitCodes.No, (await RunAsync("get", "watched:1")).Code);
        await UntilAsync(async () => !await redis.Cache.ExistsAsync("watched:1"));
    }

    [Fact]
    public async Task An_entry_that_a_pattern_has_made_invalid_is_not_shown_even_if_it_is_there()
    {
        await redis.Cache.SetAsync("gone:1", "v");
        await RunAsync("invalidate", "gone:*");

        Assert.Equal(new(ExitCodes.No, "", "There is no valid entry under 'gone:1'.\n"), await RunAsync("get", "gone:1"));
        Assert.Equal(new(ExitCodes.No, "", ""), await RunAsync("keys", "gone:*"));
    }

    [Fact]
    public async Task Clear_asks_and_without_anybody_to_ask_does_nothing()
    {
        await redis.Cache.SetAsync("clear:1", "v");
        var asked = await RunAsync("clear", "clear:*");
        Assert.Equal(new(ExitCodes.No, "", "Nobody can be asked here; --yes removes without asking.\n"), asked);
        Assert.True(await redis.Cache.ExistsAsync("clear:1"));

        Assert.Equal(new(ExitCodes.Done, "Removed 1 entries.\n", ""), await RunAsync("clear", "clear:*", "--yes"));
        Assert.Equal(ExitCodes.No, (await RunAsync("ttl", "clear:1")).Code);
    }

    [Fact]
    public async Task The_applications_own_settings_will_do()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$$"""{ "CachedAttr": { "Backend": "redis", "KeyPrefix": "shop:", "Redis": { "Connection": "{{{redis.Connection}}}" }, "Methods": { "Shop.GetOfferAsync": { "Ttl": 5 } } } }""");
        var result = await Tool.RunAsync("keys", "note", "--config", file);
        File.Delete(file);

        Assert.Equal(new(ExitCodes.Done, "note\n", ""), result);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 500 && !await condition(); i++)
            await Task.Delay(10);
        Assert.True(await condition());
    }

    private Task<Tool.Result> RunAsync(params string[] arguments) => Tool.RunAsync([.. arguments, "-c", redis.Connection, "-p", "shop:"]);
}
