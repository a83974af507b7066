using System.Text.RegularExpressions;
using CachedAttr.Database.Tests;
using CachedAttr.Redis.Tests;

namespace ServerRegistry.Tests;

/// <summary>Moving between backends is a change of one setting: the tour says the same on all of them.</summary>
public sealed partial class BackendTourTests
{
    [Fact]
    public async Task The_tour_says_the_same_on_memory_file_database_and_redis()
    {
        using var folder = new TemporaryFolder();
        await using var postgres = await PostgresServer.StartAsync();
        await using var redis = await RedisServer.StartAsync();

        // Where each is has its section; only CachedAttr:Backend changes.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["CachedAttr__File__Directory"] = Path.Combine(folder.Path, "file"),
            ["CachedAttr__Redis__Connection"] = "redis://" + redis.EndPoint,
            ["CachedAttr__Database__Connection"] = postgres.Connection,
        };
        string memory = await RunAsync(settings, "memory");
        Assert.Contains("All as it should be.", memory, StringComparison.Ordinal);
        Assert.Equal(memory, await RunAsync(settings, "file"));
        Assert.Equal(memory, await RunAsync(settings, "database"));
        Assert.Equal(memory, await RunAsync(settings, "redis"));
        settings["CachedAttr__Database__Connection"] = "Data Source=" + folder.File;
        Assert.Equal(memory, await RunAsync(settings, "database"));

        // They were used.
        Assert.True(new FileInfo(folder.File).Length > 4096 && new FileInfo(Path.Combine(folder.Path, "file", "cachedattr.db")).Length > 4096);
        Assert.True(await postgres.ExecuteAsync("SELECT count(*) FROM cachedattr_entries") is > 10L);
        Assert.Equal("+PONG", (await redis.CommandAsync("PING")).Trim());
        Assert.NotEqual(":0", (await redis.CommandAsync("DBSIZE")).Trim());
    }

    private static async Task<string> RunAsync(Dictionary<string, string> settings, string backend)
    {
        settings["CachedAttr__Backend"] = backend;
        var (exitCode, output, errors) = await SampleProcess.RunAsync(settings, "--servers", "500");
        Assert.True(exitCode == 0, $"{backend}: {output}{errors}");

        // But for times and ratios, and what they make of the table's width.
        return Blanks().Replace(Times().Replace(output, "#"), " ");
    }

    [GeneratedRegex(@"[\d.,]+ (us|ms|x)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();

    [GeneratedRegex("[ ─]+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
