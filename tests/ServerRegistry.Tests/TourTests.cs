namespace ServerRegistry.Tests;

public sealed class TourTests
{
    [Fact]
    public async Task The_tour_ends_well_and_shows_what_caching_does()
    {
        var (exitCode, output, errors) = await SampleProcess.RunAsync("--servers", "500");

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("A registry of 500 MCP servers", output, StringComparison.Ordinal);
        Assert.Matches(@"details of a server │ +[\d.,]+ (us|ms) │ +[\d.,]+ us │ +[\d,]+ x │ +20,000 │ +20,000", output);
        Assert.Matches(@"statistics +│ +[\d.,]+ (us|ms) │ +[\d.,]+ us │ +[\d,]+ x │ +20,000 │ +80,000", output);
        Assert.Contains("A stampede of 1000 concurrent callers on one cold key: 1 load.", output, StringComparison.Ordinal);
        Assert.Contains("acme calendar, renamed", output, StringComparison.Ordinal);
        Assert.Contains("server:1:tools", output, StringComparison.Ordinal);
        Assert.Contains("All as it should be.", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
    }

    [Theory]
    [InlineData("'--colour' is not an option. See --help.", "--colour")]
    [InlineData("--servers needs a value.", "--servers")]
    [InlineData("--servers few: it must be a whole number from 10 to 1000000.", "--servers", "few")]
    [InlineData("--data nowhere.json: there is no such file.", "--data", "nowhere.json")]
    public async Task What_is_not_understood_is_named_and_the_exit_code_is_2(string message, params string[] arguments)
    {
        var (exitCode, _, errors) = await SampleProcess.RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.StartsWith(message, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Servers_can_come_from_a_file()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """
            [{ "name": "one", "type": "server", "category": "database", "tags": ["sqlite"], "title": "The One", "description": "d", "image": null, "source": null,
               "tools": [{ "name": "query", "description": "q", "arguments": [{ "name": "sql" }] }] }]
            """);
        var (exitCode, output, errors) = await SampleProcess.RunAsync("--servers", "100", "--data", file);
        File.Delete(file);

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("The One, renamed", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_another_form_is_refused()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """{ "servers": 1 }""");
        var (exitCode, _, errors) = await SampleProcess.RunAsync("--data", file);
        File.Delete(file);

        Assert.Equal(2, exitCode);
        Assert.Contains("this is not an array of servers", errors, StringComparison.Ordinal);
    }
}
