namespace CachedAttr.Cli.Tests;

/// <summary>What needs no backend, or has none.</summary>
public sealed class CommandLineTests
{
    private static readonly string Here = typeof(CommandLineTests).Assembly.Location;

    [Theory]
    [InlineData("status")]
    [InlineData("health")]
    [InlineData("keys")]
    [InlineData("get", "key")]
    [InlineData("ttl", "key")]
    [InlineData("invalidate", "key")]
    [InlineData("clear", "--yes")]
    [InlineData("watch")]
    [InlineData("bench")]
    [InlineData("doctor")]
    public async Task A_backend_that_cannot_be_reached_is_exit_code_2_and_one_clear_line(params string[] command)
    {
        var result = await Tool.RunAsync([.. command, "-c", "redis://127.0.0.1:1", "-p", "shop:"]);

        Assert.Equal((ExitCodes.Unreachable, ""), (result.Code, result.Output));
        string line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line is not "Watching; Ctrl+C ends.");
        Assert.Contains("127.0.0.1:1 cannot be reached: Connection refused", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nowhere/cache.db")]
    [InlineData("Data Source=/nowhere/cache.db")]
    public async Task A_file_that_is_missing_is_not_made(string connection)
    {
        var result = await Tool.RunAsync("status", "-c", connection, "-p", "shop:");

        Assert.Equal(new(ExitCodes.Unreachable, "", "There is no file '/nowhere/cache.db'.\n"), result);
    }

    [Theory]
    [InlineData("No backend is named: give --connection (and --backend), or --config with the application's appsettings.json.", "status")]
    [InlineData("The application's prefix is missing: give --prefix; it is the application's name and a colon, unless KeyPrefix says otherwise.", "status", "-c", "redis://127.0.0.1:1")]
    [InlineData("There is no backend 'mongo'; known: redis, database, file.", "status", "--backend", "mongo", "-c", "x", "-p", "p")]
    [InlineData("Unrecognized command or argument '--colour'.", "status", "--colour")]
    public async Task Wrong_arguments_are_exit_code_3_and_the_message_says_what_to_do(string message, params string[] arguments)
    {
        var result = await Tool.RunAsync(arguments);

        Assert.Equal(ExitCodes.Wrong, result.Code);
        Assert.StartsWith(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_is_json_as_well_where_json_is_wanted()
    {
        var result = await Tool.RunAsync("status", "--json");

        Assert.StartsWith("{\"error\":\"No backend is named", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("markdown")]
    [InlineData("mermaid")]
    public async Task The_map_of_an_assembly(string format)
    {
        var result = await Tool.RunAsync("map", Here, "--format", format);

        Assert.Equal((ExitCodes.Done, ""), (result.Code, result.Error));
        Golden.Verify(result.Output, "map-" + format);
    }

    [Fact]
    public async Task An_assembly_without_cached_methods_is_told_of()
    {
        var result = await Tool.RunAsync("map", typeof(FactAttribute).Assembly.Location);

        Assert.Equal(ExitCodes.Wrong, result.Code);
        Assert.EndsWith("has no cached methods, or was not built with CachedAttr.\n", result.Error, StringComparison.Ordinal);
    }
}
