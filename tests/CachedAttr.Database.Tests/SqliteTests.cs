using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using CachedAttr.Database.Sqlite;

namespace CachedAttr.Database.Tests;

/// <summary>A folder of the tests' own.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("cachedattr-sqlite-").FullName;

    public string File => System.IO.Path.Combine(Path, "cache.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>The suite on a file, in one process.</summary>
public sealed class SqliteTests(TemporaryFolder folder) : BackendConformance, IClassFixture<TemporaryFolder>
{
    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) =>
        Task.FromResult<ICacheBackend>(new SqliteBackend(settings, folder.File, new() { PollInterval = 0.02 }));
}
