using System.Diagnostics.CodeAnalysis;
using CachedAttr.Backends;
using CachedAttr.Database.Postgres;
using CachedAttr.Database.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CachedAttr.Database.Tests;

[SuppressMessage("Design", "MA0042:Do not use blocking calls", Justification = "The provider is disposed as an application would.")]
public sealed class DatabaseConfigurationTests(Postgres postgres) : IClassFixture<Postgres>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Backend", "database", "CachedAttr:Database:Connection: it is missing. Set it to Host=db")]
    [InlineData("Database:Conection", "Host=db", "CachedAttr:Database:Conection: there is no such setting. Known here: CommandTimeout, Connection,")]
    [InlineData("Database:Connection", "Port=5432", "CachedAttr:Database:Provider: it is missing, and Connection does not tell.")]
    [InlineData("Database:Connection", "Host=db;Pasword=secret", "CachedAttr:Database:Connection: it cannot be read; it must be a connection string of Npgsql")]
    [InlineData("Database:Connection", "Data Source=:memory:", "is no file. Set Data Source=")]
    [InlineData("Database:Connection", "ConnectionStrings:none", "'ConnectionStrings:none' is not configured. Set ConnectionStrings:none")]
    [InlineData("Database:Provider", "oracle", "CachedAttr:Database:Provider: 'oracle' is not allowed; it must be sqlite or postgres.")]
    [InlineData("Database:Table", "robert'); drop", "CachedAttr:Database:Table: 'robert'); drop' is not allowed; it must be a letter", "Host=db")]
    [InlineData("Database:Schema", "a.b", "CachedAttr:Database:Schema: 'a.b' is not allowed", "Host=db")]
    [InlineData("Database:Unlogged", "perhaps", "CachedAttr:Database:Unlogged: 'perhaps' is not allowed; it must be true or false.", "Host=db")]
    [InlineData("Database:MaxEntries", "0", "CachedAttr:Database:MaxEntries: 0 is not allowed; it must be a positive number.", "Host=db")]
    [InlineData("Database:PollInterval", "NaN", "CachedAttr:Database:PollInterval: NaN is not allowed", "Host=db")]
    [InlineData("Database:CommandTimeout", "0.5", "CachedAttr:Database:CommandTimeout: '0.5' is not allowed; it must be a whole number.", "Host=db")]
    public void What_cannot_be_meant_is_refused_by_name(string setting, string value, string expected, string? connection = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["CachedAttr:Backend"] = "database" };
        if (connection is not null)
            settings["CachedAttr:Database:Connection"] = connection;
        settings["CachedAttr:" + setting] = value;
        using var provider = Services(settings).BuildServiceProvider();
        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<Cache>());
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_of_a_file_that_is_none_is_refused_by_name()
    {
        using var provider = Services(new(StringComparer.Ordinal) { ["CachedAttr:Backend"] = "file", ["CachedAttr:File:Connection"] = "x" }).BuildServiceProvider();
        var exception = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<Cache>());
        Assert.Contains("CachedAttr:File:Connection: there is no such setting. Known here: CommandTimeout, Directory,", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data Source={0}")]
    [InlineData("{0}")]
    [InlineData("ConnectionStrings:cache")]
    public async Task A_file_is_named_in_several_ways(string connection)
    {
        await using var provider = Services(new(StringComparer.Ordinal)
        {
            ["CachedAttr:Backend"] = "Database",
            ["CachedAttr:Database:Connection"] = connection.Replace("{0}", _folder.File, StringComparison.Ordinal),
            ["ConnectionStrings:cache"] = "Data Source=" + _folder.File,
        }).BuildServiceProvider();
        await using var backend = Backend(provider, "Database");
        Assert.IsType<SqliteBackend>(backend);
        Assert.Equal(_folder.File, (await backend.GetStatusAsync(BackendCall.Async())).Location);
    }

    [Fact]
    public async Task A_server_is_named_by_a_url()
    {
        string location = new NpgsqlConnectionStringBuilder(postgres.Server.Connection) is var parts ? FormattableString.Invariant($"127.0.0.1:{parts.Port}") : "";
        await using var provider = Services(new(StringComparer.Ordinal)
        {
            ["CachedAttr:Backend"] = "database",
            ["CachedAttr:Database:Connection"] = $"postgresql://postgres:p%40ss@{location}/postgres?sslmode=disable",
        }).BuildServiceProvider();
        await using var backend = Backend(provider, "Database");
        Assert.IsType<PostgresBackend>(backend);
        Assert.Equal(location + "/postgres", (await backend.GetStatusAsync(BackendCall.Async())).Location);
    }

    [Fact]
    public async Task A_data_source_of_the_application_is_used_and_stays_open()
    {
        await using var source = NpgsqlDataSource.Create(postgres.Server.Connection);
        var services = Services(new(StringComparer.Ordinal) { ["CachedAttr:Backend"] = "database", ["CachedAttr:Database:Table"] = "own" });
        services.AddSingleton(source);
        services.AddCachedAttrDatabase(provider => provider.GetRequiredService<NpgsqlDataSource>());
        var provider = services.BuildServiceProvider();
        await using (var backend = Backend(provider, "Database"))
            Assert.True(await backend.SetNowAsync("k"));
        await using var count = source.CreateCommand("SELECT count(*) FROM own_entries");
        Assert.Equal(1L, await count.ExecuteScalarAsync());
    }

    [Fact]
    public async Task A_folder_for_the_file_is_made_and_what_is_set_by_code_wins()
    {
        string folder = Path.Combine(_folder.Path, "a", "b");
        var services = Services(new(StringComparer.Ordinal) { ["CachedAttr:Backend"] = "file", ["CachedAttr:File:Directory"] = "/nowhere" });
        services.AddCachedAttrDatabase(options => options.Directory = folder);
        await using var provider = services.BuildServiceProvider();
        await using (var backend = Backend(provider, "File"))
            Assert.True(await backend.SetNowAsync("k"));
        Assert.True(File.Exists(Path.Combine(folder, "cachedattr.db")));
    }

    [Theory]
    [InlineData("file")]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_cache_reads_what_another_cache_has_stored_and_hears_of_what_it_invalidates(string kind)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["CachedAttr:Backend"] = kind == "file" ? "file" : "database",
            ["CachedAttr:KeyPrefix"] = "shared:",
            ["CachedAttr:File:Directory"] = _folder.Path,
            ["CachedAttr:Database:Connection"] = kind == "sqlite" ? _folder.File : postgres.Server.Connection,
        };
        await using var one = Services(settings).BuildServiceProvider();
        await using var two = Services(settings).BuildServiceProvider();
        await one.GetRequiredService<Cache>().SetAsync("greeting", "hello");
        var other = two.GetRequiredService<Cache>();
        Assert.Equal("hello", (await other.TryGetAsync<string>("greeting")).Value);
        await one.GetRequiredService<Cache>().InvalidateAsync("greeting");
        var limit = System.Diagnostics.Stopwatch.StartNew();
        while ((await other.TryGetAsync<string>("greeting")).Found && limit.Elapsed < TimeSpan.FromSeconds(20))
            await Task.Yield();
        Assert.False((await other.TryGetAsync<string>("greeting")).Found);
    }

    private static ServiceCollection Services(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddCachedAttr(configuration);
        services.AddCachedAttrDatabase();
        return services;
    }

    private static ICacheBackend Backend(IServiceProvider provider, string section) =>
        provider.GetServices<ICacheBackendFactory>().Single(factory => factory.Section == section)
            .Create(section, new BackendSettings { KeyPrefix = "x:" }, provider.GetRequiredService<IConfiguration>().GetSection("CachedAttr:" + section));
}
