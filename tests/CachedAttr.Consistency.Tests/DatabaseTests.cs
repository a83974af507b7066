using System.Globalization;
using CachedAttr.Database.Tests;
using Npgsql;
using Xunit.Abstractions;

namespace CachedAttr.Consistency.Tests;

/// <summary>
/// Four processes over a file of SQLite or a server of PostgreSQL, as the other tests have them over Redis: the same promises, whatever breaks.
/// <c>CACHEDATTR_DATABASE_SECONDS=3600</c> runs the first longer.
/// </summary>
[Collection(Busy.Name)]
public sealed class DatabaseTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(
        int.Parse(Environment.GetEnvironmentVariable("CACHEDATTR_DATABASE_SECONDS") ?? "30", CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task No_process_serves_what_it_knows_to_be_invalid_and_all_know_soon(string kind)
    {
        await using var backend = await StartAsync(kind);
        await using var cluster = await Cluster.StartAsync(output, [backend.Argument]);
        await Task.Delay(Duration);
        await EndAsync(cluster, isLong: true);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public Task Processes_are_killed_in_the_middle_of_writes(string kind) => BreakAsync(kind, async (backend, cluster) =>
    {
        for (int i = 0; i < Cluster.Size; i++)
            await cluster.KillNodeAsync(i, backend.Argument);
    });

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public Task Processes_are_paused_in_the_middle_of_loads(string kind) => BreakAsync(kind, async (_, cluster) =>
    {
        for (int i = 0; i < Cluster.Size; i++)
        {
            cluster.Nodes[i].Signal("STOP");
            await Task.Delay(1700);
            cluster.Nodes[i].Signal("CONT");
        }
    });

    [Fact]
    public Task A_file_is_deleted_while_all_use_it() => BreakAsync("sqlite", async (backend, _) =>
    {
        for (int i = 0; i < 3; i++)
        {
            foreach (string suffix in new[] { "", "-wal", "-shm" })
                File.Delete(((TemporaryFolder)backend.Server).File + suffix);
            await Task.Delay(700);
        }
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task A_server_ends_and_is_started_again(bool isCrash) => BreakAsync("postgres", async (backend, _) =>
    {
        var server = (PostgresServer)backend.Server;
        await (isCrash ? server.KillAsync() : server.StopAsync());
        await Task.Delay(2000);
        await server.StartAgainAsync();
    });

    [Fact]
    public Task All_connections_are_ended_again_and_again() => BreakAsync("postgres", async (backend, _) =>
    {
        for (int i = 0; i < 5; i++)
        {
            await ((PostgresServer)backend.Server).ExecuteAsync("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
            await Task.Delay(300);
        }
    });

    [Fact]
    public async Task The_connection_of_one_process_is_spoiled()
    {
        await using var server = await PostgresServer.StartAsync();
        await using var proxy = new TcpProxy(server.Port);
        string direct = "postgres=" + server.Connection;
        string spoiled = "postgres=" + new NpgsqlConnectionStringBuilder(server.Connection) { Port = int.Parse(proxy.EndPoint.Split(':')[1], CultureInfo.InvariantCulture) }.ConnectionString;
        await using var cluster = await Cluster.StartAsync(output, [spoiled, direct, direct, direct]);
        await Task.Delay(2000);
        await cluster.TellAsync("broken");
        foreach (var line in new[] { Line.Slow, Line.Deaf, Line.HalfClosed, Line.Cut })
        {
            proxy.Line = line;
            await Task.Delay(1500);
        }

        proxy.Line = Line.Good;
        await Task.Delay(Grace);
        await cluster.UntilTrustedAsync();
        await cluster.TellAsync("healthy");
        await Task.Delay(3000);
        await EndAsync(cluster, isLong: false);
    }

    private static async Task<SharedBackend> StartAsync(string kind) => kind == "sqlite" ? SharedBackend.Sqlite() : await SharedBackend.PostgresAsync();

    private async Task BreakAsync(string kind, Func<SharedBackend, Cluster, Task> fault)
    {
        await using var backend = await StartAsync(kind);
        await using var cluster = await Cluster.StartAsync(output, [backend.Argument]);
        await Task.Delay(2000);
        await cluster.TellAsync("broken");
        await fault(backend, cluster);
        await Task.Delay(Grace);
        await cluster.UntilTrustedAsync();
        await cluster.TellAsync("healthy");
        await Task.Delay(3000);
        await EndAsync(cluster, isLong: false);
    }

    private static async Task EndAsync(Cluster cluster, bool isLong)
    {
        var reports = await cluster.EndAsync(TimeSpan.FromSeconds(3));
        Assert.All(reports, report => Assert.True(report.Reads > (isLong ? 1000 : 100) && report.Writes > (isLong ? 100 : 10)));
        Assert.Equal(0, reports.Sum(report => report.OwnStale + report.SeenStale + report.LateStale + report.Exceptions));
    }
}
