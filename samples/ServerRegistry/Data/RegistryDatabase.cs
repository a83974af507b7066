using Dapper;
using Microsoft.Data.Sqlite;
using ServerRegistry.Domain;

namespace ServerRegistry.Data;

/// <summary>The registry's tables in a SQLite file. Every query is counted, so that a tour can say how many were saved.</summary>
public sealed class RegistryDatabase : IDisposable
{
    private const string ServerColumns = "id, name, type, category, title, description, image, source, tags";

    private readonly string _connectionString;
    private readonly string? _temporaryFile;
    private long _queries;

    /// <param name="file">The file; <see langword="null"/>: a temporary one, deleted at the end.</param>
    public RegistryDatabase(string? file = null)
    {
        SQLitePCL.Batteries_V2.Init();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new JsonColumn<string>());
        SqlMapper.AddTypeHandler(new JsonColumn<ToolArgument>());
        _temporaryFile = file is null ? Path.Combine(Path.GetTempPath(), $"server-registry-{Guid.NewGuid():N}.db") : null;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file ?? _temporaryFile, Cache = SqliteCacheMode.Default }.ConnectionString;
    }

    /// <summary>How many queries have run.</summary>
    public long Queries => Interlocked.Read(ref _queries);

    /// <summary>Makes the tables anew and fills them.</summary>
    public async Task FillAsync(IEnumerable<RegistryEntry> entries)
    {
        await using var connection = await OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(Schema.Text);
        await using var transaction = connection.BeginTransaction();
        await Filling.InsertAsync(connection, transaction, entries);
        transaction.Commit();
    }

    public async Task<Server?> FindAsync(long id, CancellationToken cancellationToken) =>
        await QuerySingleAsync<Server>($"select {ServerColumns} from servers where id = @id", new { id }, cancellationToken);

    public async Task<Server?> FindAsync(string name, CancellationToken cancellationToken) =>
        await QuerySingleAsync<Server>($"select {ServerColumns} from servers where name = @name collate nocase", new { name }, cancellationToken);

    public Task<IReadOnlyList<Tool>> ToolsAsync(long serverId, CancellationToken cancellationToken) =>
        QueryAsync<Tool>("select id, server_id, name, description, arguments from tools where server_id = @serverId order by name", new { serverId }, cancellationToken);

    public async Task<ServerPage> ListAsync(ServerFilter filter, CancellationToken cancellationToken)
    {
        const string Where = """
            where (@Category is null or category = @Category)
              and (@Type is null or type = @Type)
              and (@Tag is null or exists (select 1 from json_each(servers.tags) where value = @Tag))
              and (@Pattern is null or title like @Pattern escape '\' or description like @Pattern escape '\')
            """;
        string? pattern = filter.Text is null ? null : $"%{Escape(filter.Text)}%";
        var parameters = new { filter.Category, filter.Type, filter.Tag, Pattern = pattern, filter.PageSize, Offset = (filter.Page - 1) * filter.PageSize };
        long total = await QuerySingleAsync<long>($"select count(*) from servers {Where}", parameters, cancellationToken);
        var servers = await QueryAsync<Server>(
            $"select {ServerColumns} from servers {Where} order by title, id limit @PageSize offset @Offset", parameters, cancellationToken);
        return new ServerPage(servers, total, filter.Page);
    }

    public async Task<RegistryStatistics> StatisticsAsync(CancellationToken cancellationToken)
    {
        long servers = await QuerySingleAsync<long>(StatisticsQueries.Servers, null, cancellationToken);
        long tools = await QuerySingleAsync<long>(StatisticsQueries.Tools, null, cancellationToken);
        return new RegistryStatistics(
            servers,
            tools,
            servers == 0 ? 0 : (double)tools / servers,
            await QueryAsync<Count>(StatisticsQueries.ByCategory, null, cancellationToken),
            await QueryAsync<Count>(StatisticsQueries.ByType, null, cancellationToken),
            await QueryAsync<Count>(StatisticsQueries.MostUsedTags, null, cancellationToken),
            await QueryAsync<Count>(StatisticsQueries.MostArguments, null, cancellationToken));
    }

    public int CountInCategory(string category)
    {
        Interlocked.Increment(ref _queries);
        using var connection = new SqliteConnection(_connectionString);
        return connection.ExecuteScalar<int>("select count(*) from servers where category = @category", new { category });
    }

    public async Task<Server> InsertAsync(ServerDraft draft, CancellationToken cancellationToken)
    {
        const string Insert = """
            insert into servers (name, type, category, title, description, tags) values (@Name, 'server', @Category, @Title, @Description, '[]');
            select last_insert_rowid();
            """;
        long id = await QuerySingleAsync<long>(Insert, draft, cancellationToken);
        return (await FindAsync(id, cancellationToken))!;
    }

    public async Task<bool> UpdateAsync(long id, ServerDraft draft, CancellationToken cancellationToken) =>
        await ExecuteAsync(
            "update servers set name = @Name, category = @Category, title = @Title, description = @Description where id = @id",
            new { id, draft.Name, draft.Category, draft.Title, draft.Description },
            cancellationToken) == 1;

    public async Task<bool> DeleteAsync(long id, CancellationToken cancellationToken)
    {
        await ExecuteAsync("delete from tools where server_id = @id", new { id }, cancellationToken);
        return await ExecuteAsync("delete from servers where id = @id", new { id }, cancellationToken) == 1;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        if (_temporaryFile is not null)
            File.Delete(_temporaryFile);
    }

    /// <summary>LIKE's wildcards, as themselves.</summary>
    private static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);

    private async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(_connectionString);
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    private async Task<T?> QuerySingleAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queries);
        await using var connection = await OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }

    private async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _queries);
        await using var connection = await OpenAsync(cancellationToken);
        return [.. await connection.QueryAsync<T>(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken))];
    }

    private async Task<int> ExecuteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
    }
}
