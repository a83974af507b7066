using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace ServerRegistry.Tests;

/// <summary>The API in a process of its own, on a free port of the loopback interface.</summary>
public sealed class ApiTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private readonly string _database = Path.GetTempFileName();
    private Process? _process;

    public async Task InitializeAsync()
    {
        const string Listening = "Now listening on: ";
        _process = SampleProcess.Start("serve", "--servers", "200", "--database", _database, "--urls", "http://127.0.0.1:0");
        string? line;
        do
            line = await _process.StandardOutput.ReadLineAsync();
        while (line?.Contains(Listening, StringComparison.Ordinal) == false);
        Assert.True(line is not null, "The API has not started.");
        _http.BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]);
    }

    public async Task DisposeAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        File.Delete(_database); // a process that is killed leaves it behind
    }

    [Fact]
    public async Task What_is_changed_is_what_the_next_read_returns()
    {
        var before = await _http.GetFromJsonAsync<JsonElement>("/servers/1");
        var draft = new { name = "renamed", category = "moved", title = "Renamed", description = "d" };

        Assert.Equal(HttpStatusCode.NoContent, (await _http.PutAsJsonAsync("/servers/1", draft)).StatusCode);
        var after = await _http.GetFromJsonAsync<JsonElement>("/servers/1");
        var list = await _http.GetFromJsonAsync<JsonElement>("/servers?category=moved");

        Assert.NotEqual("Renamed", before.GetProperty("title").GetString());
        Assert.Equal("Renamed", after.GetProperty("title").GetString());
        Assert.Equal(1, list.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task What_is_created_can_be_found_counted_and_deleted()
    {
        int before = (await _http.GetFromJsonAsync<JsonElement>("/statistics")).GetProperty("servers").GetInt32();
        var created = await _http.PostAsJsonAsync("/servers", new { name = "new", category = "ai", title = "New", description = "d" });

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(before + 1, (await _http.GetFromJsonAsync<JsonElement>("/statistics")).GetProperty("servers").GetInt32());
        Assert.Equal("new", (await _http.GetFromJsonAsync<JsonElement>(created.Headers.Location)).GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.NoContent, (await _http.DeleteAsync(created.Headers.Location)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(created.Headers.Location)).StatusCode);
        Assert.Equal(before, (await _http.GetFromJsonAsync<JsonElement>("/statistics")).GetProperty("servers").GetInt32());
    }

    [Fact]
    public async Task A_server_that_was_missing_is_there_once_it_is_created()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync("/servers/201")).StatusCode);
        var created = await _http.PostAsJsonAsync("/servers", new { name = "late", category = "ai", title = "Late", description = "d" });

        Assert.EndsWith("/servers/201", created.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await _http.GetAsync("/servers/201")).StatusCode);
    }

    [Fact]
    public async Task A_name_is_taken_once_whatever_its_case()
    {
        var draft = new { name = "one-name", category = "ai", title = "t", description = "d" };
        Assert.Equal(HttpStatusCode.Created, (await _http.PostAsJsonAsync("/servers", draft)).StatusCode);

        Assert.Equal(HttpStatusCode.Conflict, (await _http.PostAsJsonAsync("/servers", draft with { name = "ONE-NAME" })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _http.PutAsJsonAsync("/servers/1", draft)).StatusCode);
    }

    [Fact]
    public async Task Tools_and_pages_are_listed()
    {
        Assert.True((await _http.GetFromJsonAsync<JsonElement>("/servers/2/tools")).GetArrayLength() >= 3);
        var page = await _http.GetFromJsonAsync<JsonElement>("/servers?page=2");
        Assert.Equal(20, page.GetProperty("servers").GetArrayLength());
    }

    [Theory]
    [InlineData("/servers?page=0", HttpStatusCode.BadRequest)]
    [InlineData("/servers?page=first", HttpStatusCode.BadRequest)]
    [InlineData("/servers?size=0", HttpStatusCode.BadRequest)]
    [InlineData("/servers/999999", HttpStatusCode.NotFound)]
    [InlineData("/servers/999999/tools", HttpStatusCode.NotFound)]
    [InlineData("/no-such-path", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_or_not_allowed_is_said(string path, HttpStatusCode status)
    {
        var response = await _http.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Changing_or_deleting_what_is_not_there_is_said()
    {
        var draft = new { name = "nobody", category = "c", title = "t", description = "d" };
        foreach (var response in new[] { await _http.PutAsJsonAsync("/servers/999999", draft), await _http.DeleteAsync("/servers/999999") })
        {
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Filters_narrow_a_list_and_statistics_agree()
    {
        var statistics = await _http.GetFromJsonAsync<JsonElement>("/statistics");
        foreach (var (figures, filter) in new[] { ("byCategory", "category"), ("byType", "type"), ("mostUsedTags", "tag") })
        {
            var first = statistics.GetProperty(figures)[0];
            var list = await _http.GetFromJsonAsync<JsonElement>($"/servers?{filter}={first.GetProperty("name").GetString()}&size=5");

            Assert.Equal(first.GetProperty("number").GetInt64(), list.GetProperty("total").GetInt64());
            Assert.Equal(5, list.GetProperty("servers").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_text_is_looked_for_as_it_is_and_not_as_a_pattern() =>
        Assert.Equal(0, (await _http.GetFromJsonAsync<JsonElement>("/servers?text=%25_%25")).GetProperty("total").GetInt32());

    [Fact]
    public async Task A_draft_without_a_name_is_refused() =>
        Assert.Equal(HttpStatusCode.BadRequest, (await _http.PostAsJsonAsync("/servers", new { name = "", category = "c", title = "t", description = "d" })).StatusCode);
}
