using System.Globalization;
using System.Text.Json;

namespace CachedAttr.Cli.Tests;

/// <summary>The commands against a real backend, as processes beside an application that has it open.</summary>
/// <param name="application">The application.</param>
/// <param name="name">What the golden files are called by.</param>
public abstract class CommandTests(Application application, string name)
{
    [Theory]
    [InlineData("status")]
    [InlineData("health")]
    [InlineData("keys", "offer:*")]
    [InlineData("get", "offer:1")]
    [InlineData("ttl", "note")]
    [InlineData("bench", "--count", "20")]
    [InlineData("doctor")]
    public async Task What_people_and_programs_read(params string[] command)
    {
        var table = await application.RunAsync(command);
        var json = await application.RunAsync([.. command, "--json"]);

        Assert.Equal((ExitCodes.Done, ""), (table.Code, table.Error));
        Assert.Equal((ExitCodes.Done, ""), (json.Code, json.Error));
        JsonDocument.Parse(json.Output).Dispose();
        if (command[0] is "ttl")
            Assert.InRange(double.Parse(table.Output, CultureInfo.InvariantCulture), 1, 3600);
        else
            Golden.Verify(table.Output, $"{name}-{command[0]}");
        Golden.Verify(json.Output, $"{name}-{command[0]}-json");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_invalidation_holds_in_the_application_and_is_seen_by_who_watches(bool json)
    {
        string key = json ? "seen:2" : "seen:1";
        string[] more = json ? ["--json"] : [];
        await application.Cache.SetAsync(key, "v");
        using var watch = Tool.Start(["watch", "--count", "2", .. more, "-c", application.Connection, "-p", "shop:"]);
        await watch.StandardError.ReadLineAsync();
        var done = await application.RunAsync(["invalidate", key[..^1] + "*", key, .. more]);
        string seen = await watch.StandardOutput.ReadToEndAsync();

        Assert.Equal(ExitCodes.Done, done.Code);
        Golden.Verify(done.Output + string.Join('\n', seen.Split('\n').OrderBy(static line => line[Math.Max(0, line.Length - 8)..], StringComparer.Ordinal)), json ? "invalidate-and-watch-json" : "invalidate-and-watch");
        Assert.Equal(ExitCodes.No, (await application.RunAsync("get", key)).Code);
        await UntilAsync(async () => !await application.Cache.ExistsAsync(key));
    }

    [Fact]
    public async Task An_entry_that_a_pattern_has_made_invalid_is_not_shown_even_if_it_is_there()
    {
        await application.Cache.SetAsync("gone:1", "v");
        await application.RunAsync("invalidate", "gone:*");

        Assert.Equal(new(ExitCodes.No, "", "There is no valid entry under 'gone:1'.\n"), await application.RunAsync("get", "gone:1"));
        Assert.Equal(new(ExitCodes.No, "", ""), await application.RunAsync("keys", "gone:*"));
    }

    [Fact]
    public async Task Clear_asks_and_without_anybody_to_ask_does_nothing()
    {
        await application.Cache.SetAsync("clear:1", "v");
        var asked = await application.RunAsync("clear", "clear:*");
        Assert.Equal(new(ExitCodes.No, "", "Nobody can be asked here; --yes removes without asking.\n"), asked);
        Assert.True(await application.Cache.ExistsAsync("clear:1"));

        Assert.Equal(new(ExitCodes.Done, "Removed 1 entry.\n", ""), await application.RunAsync("clear", "clear:*", "--yes"));
        Assert.Equal(ExitCodes.No, (await application.RunAsync("ttl", "clear:1")).Code);
        var none = await application.RunAsync("clear", "clear:*", "--yes", "--json");
        Assert.Equal((0, "clear:*"), (JsonDocument.Parse(none.Output).RootElement.GetProperty("removed").GetInt32(), JsonDocument.Parse(none.Output).RootElement.GetProperty("pattern").GetString()));
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (int i = 0; i < 500 && !await condition(); i++)
            await Task.Delay(10);
        Assert.True(await condition());
    }
}
