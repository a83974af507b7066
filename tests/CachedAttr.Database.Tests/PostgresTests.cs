using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;

namespace CachedAttr.Database.Tests;

/// <summary>The suite on PostgreSQL.</summary>
public sealed class PostgresTests(Postgres postgres) : BackendConformance, IClassFixture<Postgres>
{
    protected override TimeSpan MaxLoad => TimeSpan.FromSeconds(3);

    protected override Task<ICacheBackend> OpenAsync(BackendSettings settings) => Task.FromResult(Open(settings, postgres.Server));

    internal static ICacheBackend Open(BackendSettings settings, PostgresServer server, Action<DatabaseOptions>? configure = null)
    {
        var options = new DatabaseOptions { Connection = server.Connection + ";Maximum Pool Size=10", CommandTimeout = 10 };
        configure?.Invoke(options);
        return DatabasePlan.Create(settings, options);
    }
}
