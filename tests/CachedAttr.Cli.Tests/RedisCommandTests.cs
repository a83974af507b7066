namespace CachedAttr.Cli.Tests;

public sealed class RedisCommandTests(RedisCommandTests.OnRedis application) : CommandTests(application, "redis"), IClassFixture<RedisCommandTests.OnRedis>
{
    private readonly OnRedis _application = application;

    [Fact]
    public async Task The_applications_own_settings_will_do()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, $$$"""{ "CachedAttr": { "Backend": "redis", "KeyPrefix": "shop:", "Redis": { "Connection": "{{{_application.Connection}}}" }, "Methods": { "Shop.GetOfferAsync": { "Ttl": 5 } } } }""");
        var result = await Tool.RunAsync("keys", "note", "--config", file);
        File.Delete(file);

        Assert.Equal(new(ExitCodes.Done, "note\n", ""), result);
    }

    [Theory]
    [InlineData("doctor-findings")]
    [InlineData("doctor-findings-json", "--json")]
    public async Task What_the_doctor_finds_has_a_way_out(string golden, params string[] more)
    {
        await using var server = await RedisServer.StartAsync("--maxmemory-policy", "allkeys-lru");
        var result = await Tool.RunAsync(["doctor", "-c", server.Address, "-p", "shop:", .. more]);

        Assert.Equal((ExitCodes.No, ""), (result.Code, result.Error));
        Golden.Verify(result.Output, golden);
    }

    [Fact]
    public async Task What_takes_longer_than_a_second_has_a_bar_if_somebody_is_looking()
    {
        string shown = await Tool.RunInTerminalAsync("bench", "--count", "30000", "-c", _application.Connection, "-p", "shop:");
        Assert.Contains("Measuring", shown, StringComparison.Ordinal);
        Assert.Contains("100%", shown, StringComparison.Ordinal);

        string soon = await Tool.RunInTerminalAsync("keys", "offer:*", "-c", _application.Connection, "-p", "shop:");
        Assert.Equal(["offer:1", "offer:2"], soon.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
    }

    public sealed class OnRedis : Application
    {
        private RedisServer? _server;

        protected override async Task<(string Backend, string Setting, string Connection)> StartAsync()
        {
            _server = await RedisServer.StartAsync("--maxmemory", "100mb", "--maxmemory-policy", "volatile-ttl");
            return ("redis", "Redis:Connection", _server.Address);
        }

        protected override async Task StopAsync() => await _server!.DisposeAsync();
    }
}
