using CachedAttr.Database.Tests;

namespace CachedAttr.Cli.Tests;

public sealed class PostgresCommandTests(PostgresCommandTests.OnPostgres application) : CommandTests(application, "postgres"), IClassFixture<PostgresCommandTests.OnPostgres>
{
    public sealed class OnPostgres : Application
    {
        private PostgresServer? _server;

        protected override async Task<(string Backend, string Setting, string Connection)> StartAsync()
        {
            _server = await PostgresServer.StartAsync();
            return ("database", "Database:Connection", _server.Connection);
        }

        protected override async Task StopAsync() => await _server!.DisposeAsync();
    }
}
