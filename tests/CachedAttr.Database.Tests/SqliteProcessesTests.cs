using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using CachedAttr.Database.Sqlite;

namespace CachedAttr.Database.Tests;

/// <summary>Two processes beside that of the tests, over one file.</summary>
public sealed class ThreeProcesses : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly HostProcess[] _hosts = [new(), new()];
    private int _opened;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Opens the file in one process after the other.</summary>
    internal async Task<ICacheBackend> OpenAsync(BackendSettings settings)
    {
        int number = Interlocked.Increment(ref _opened);
        return number % 3 == 0
            ? new SqliteBackend(settings, _folder.File, new() { PollInterval = 0.02, CommandTimeout = 10 })
            : await RemoteBackend.OpenAsync(_hosts[(number % 3) - 1], number, settings, _folder.File);
    }
}

/// <summary>The suite on a file that three processes have open: which of them a test's backends are in changes from test to test.</summary>
public sealed class SqliteProcessesTests(ThreeProcesses processes) : BackendConformance, IClassFixture<ThreeProcesses>
{
    protected override TimeSpan MaxLoad => TimeSpan.FromSeconds(3);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => processes.OpenAsync(settings);
}
