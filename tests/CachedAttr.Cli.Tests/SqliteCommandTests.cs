namespace CachedAttr.Cli.Tests;

public sealed class SqliteCommandTests(SqliteCommandTests.OnFile application) : CommandTests(application, "sqlite"), IClassFixture<SqliteCommandTests.OnFile>
{
    public sealed class OnFile : Application
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("cachedattr-cli").FullName;

        protected override Task<(string Backend, string Setting, string Connection)> StartAsync() => Task.FromResult(("file", "File:Directory", _folder));

        protected override Task StopAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
