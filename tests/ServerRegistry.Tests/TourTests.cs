namespace ServerRegistry.Tests;

public sealed class TourTests
{
    [Fact]
    public async Task The_tour_ends_well_and_shows_what_caching_does()
    {
        var (exitCode, output, errors) = await SampleProcess.RunAsync("--servers", "500");

        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("A registry of 500 MCP servers", output, StringComparison.Ordinal);
        Assert.Matches(@"details of a server +│ +[\d.,]+ (us|ms) │ +[\d.,]+ us │ +[\d,]+ x │ +10,000 │ +10,000", output);
        Assert.Matches(@"statistics +│ +[\d.,]+ (us|ms) │ +[\d.,]+ us │ +[\d,]+ x │ +10,000 │ +60,000", output);
        Assert.Contains("A stampede of 1000 concurrent callers on one cold key: 1 load.", output, StringComparison.Ordinal);
        Assert.Contains("acme calendar, renamed", output, StringComparison.Ordinal);
        Assert.Matches(@"server:\d+:tools", output);
        Assert.Contains("All as it should be.", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output);
        Assert.All(output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("'--colour' is not an option. See --help.", "--colour")]
    [InlineData("--servers needs a value.", "--servers")]
    [InlineData("--servers few: it must be a whole number from 10 to 1000000.", "--servers", "few")]
    [InlineData("--data nowhere.json: there is no such file.", "--data", "nowhere.json")]
    [InlineData("--database /no/such/folder/x.db: SQLite Error 14", "--database", "/no/such/folder/x.db")]
    [InlineData("--urls nonsense: it must be like http://127.0.0.1:5080.", "serve", "--urls", "nonsense")]
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

    [Theory]
    [InlineData("""{ "servers": 1 }""")]
    [InlineData("[]")]
    [InlineData("""[{ "name": null, "tags": [], "tools": [] }]""")]
    [InlineData("""[{ "name": "twice", "tags": [], "tools": [] }, { "name": "Twice", "tags": [], "tools": [] }]""")]
    public async Task A_file_of_another_form_is_refused(string content)
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, content);
        var (exitCode, _, errors) = await SampleProcess.RunAsync("--data", file);
        File.Delete(file);

        Assert.Equal(2, exitCode);
        Assert.Contains("this is not an array of servers", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_help_names_every_option()
    {
        var (exitCode, output, _) = await SampleProcess.RunAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.All(["serve", "--data", "--servers", "--database", "--urls"], option => Assert.Contains(option, output, StringComparison.Ordinal));
    }
}
