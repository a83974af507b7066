using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.Cli.Tests;

/// <summary>The commands against a SQLite file, beside the application that has it open.</summary>
public sealed class SqliteCommandTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cachedattr-cli").FullName;
    private ServiceProvider? _services;

    private Cache Cache => _services!.GetRequiredService<Cache>();

    public async Task InitializeAsync()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("CachedAttr:Backend", "file"), new("CachedAttr:FailSilently", "false"), new("CachedAttr:BackendTimeout", "20"), new("CachedAttr:KeyPrefix", "shop:"), new("CachedAttr:File:Directory", _folder)]).Build();
        _services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddCachedAttrDatabase().AddCachedAttr(configuration).BuildServiceProvider();
        var offer = await new Shop(Cache).GetOfferAsync(1);
        await Cache.SetAsync(new CacheKey<Offer>("offer:1"), offer);
        await Cache.SetAsync("note", "text");
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_people_and_programs_read()
    {
        foreach (string[] command in new string[][] { ["health"], ["keys"], ["get", "offer:1"] })
        {
            var table = await RunAsync(command);
            var json = await RunAsync([.. command, "--json"]);
            Assert.Equal((ExitCodes.Done, ""), (table.Code, table.Error));
            Golden.Verify(table.Output, "sqlite-" + command[0]);
            Golden.Verify(json.Output, $"sqlite-{command[0]}-json");
        }
    }

    [Fact]
    public async Task Status_bench_and_doctor_work_as_well()
    {
        Assert.Contains("sqlite", (await RunAsync("status")).Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(ExitCodes.Done, (await RunAsync("bench", "--count", "20")).Code);
        Assert.InRange((await RunAsync("doctor")).Code, ExitCodes.Done, ExitCodes.No);
    }

    [Fact]
    public async Task What_is_invalidated_and_cleared_is_gone()
    {
        await RunAsync("invalidate", "offer:*");
        Assert.Equal("There is no valid entry under 'offer:1'.\n", (await RunAsync("get", "offer:1")).Error);
        Assert.Equal("Removed 1 entries.\n", (await RunAsync("clear", "n*", "--yes")).Output);
        Assert.Equal(ExitCodes.No, (await RunAsync("keys")).Code);
    }

    private Task<Tool.Result> RunAsync(params string[] arguments) => Tool.RunAsync([.. arguments, "-c", _folder, "-p", "shop:"]);
}
