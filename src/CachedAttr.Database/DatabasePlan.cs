using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CachedAttr.Backends;
using CachedAttr.Database.Postgres;
using CachedAttr.Database.Sqlite;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CachedAttr.Database;

/// <summary>What the settings mean: which database system, and where.</summary>
internal static class DatabasePlan
{
    private const string FileName = "cachedattr.db";

    // Statements are parsed once by the server for each connection.
    private const int PreparedStatements = 32;
    private const int ConnectSeconds = 3;

    /// <summary>The backend <c>database</c>.</summary>
    /// <exception cref="DatabaseSettingException">The settings do not say which.</exception>
    public static ICacheBackend Create(BackendSettings settings, DatabaseOptions options)
    {
        if (options.Connection is not { Length: > 0 } connection)
            throw new DatabaseSettingException(nameof(options.Connection), "it is missing. Set it to Host=db;Database=app;Username=app;Password=..., postgres://user:password@db/app, or the path of a file for SQLite.");
        return (options.Provider ?? Guess(connection)) == DatabaseProvider.Postgres
            ? new PostgresBackend(settings, OpenPostgres(connection, options), isOwned: true, options, sql: null)
            : new SqliteBackend(settings, PathOf(connection), options);
    }

    /// <summary>The backend <c>file</c>.</summary>
    /// <exception cref="DatabaseSettingException">There is no folder.</exception>
    public static ICacheBackend CreateFile(BackendSettings settings, DatabaseOptions options)
    {
        string directory = options.Directory ?? DefaultDirectory(settings.KeyPrefix);
        if (directory.Length == 0)
            throw new DatabaseSettingException(nameof(options.Directory), "it is empty. Set it to a folder that the process can write.");
        return new SqliteBackend(settings, Path.Combine(directory, FileName), options);
    }

    /// <summary>A connection string of the client for what may be a URL.</summary>
    public static NpgsqlConnectionStringBuilder ReadPostgres(string connection, DatabaseOptions options)
    {
        try
        {
            var builder = IsUrl(connection) ? ReadUrl(connection) : new NpgsqlConnectionStringBuilder(connection);
            builder.ApplicationName ??= "CachedAttr";
            if (builder.MaxAutoPrepare == 0)
                (builder.MaxAutoPrepare, builder.AutoPrepareMinUsages) = (PreparedStatements, 2);
            builder.CommandTimeout = options.CommandTimeout;
            builder.Timeout = Math.Min(builder.Timeout, ConnectSeconds);
            if (string.IsNullOrEmpty(builder.Host))
                throw new DatabaseSettingException(nameof(options.Connection), "it names no server. Set Host=..., or postgres://user:password@host/database.");
            return builder;
        }
        catch (Exception exception) when (exception is ArgumentException or UriFormatException or KeyNotFoundException or FormatException or InvalidCastException)
        {
            // What cannot be read may be a password: it is not repeated.
            throw new DatabaseSettingException(nameof(options.Connection), "it cannot be read; it must be a connection string of Npgsql (Host=db;Database=app;Username=app;Password=...) or postgres://user:password@host:5432/database.", exception);
        }
    }

    private static NpgsqlDataSource OpenPostgres(string connection, DatabaseOptions options) => NpgsqlDataSource.Create(ReadPostgres(connection, options));

    private static DatabaseProvider Guess(string connection)
    {
        if (IsUrl(connection) || HasKeyword(connection, "Host") || HasKeyword(connection, "Server"))
            return DatabaseProvider.Postgres;
        if (HasKeyword(connection, "Data Source") || HasKeyword(connection, "DataSource") || HasKeyword(connection, "Filename") || !connection.Contains('=', StringComparison.Ordinal))
            return DatabaseProvider.Sqlite;
        throw new DatabaseSettingException(nameof(DatabaseOptions.Provider), "it is missing, and Connection does not tell. Set it to sqlite or postgres.");
    }

    private static bool IsUrl(string connection) =>
        connection.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || connection.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    private static bool HasKeyword(string connection, string keyword) =>
        connection.Split(';').Any(part => part.Split('=')[0].Trim().Equals(keyword, StringComparison.OrdinalIgnoreCase) && part.Contains('=', StringComparison.Ordinal));

    private static string PathOf(string connection)
    {
        try
        {
            string path = connection.Contains('=', StringComparison.Ordinal) ? new SqliteConnectionStringBuilder(connection).DataSource : connection;
            if (path.Length == 0 || path.Contains(":memory:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
                throw new DatabaseSettingException(nameof(DatabaseOptions.Connection), $"'{path}' is no file. Set Data Source=/var/cache/app.db; what is in memory only is CachedAttr:Backend = memory.");
            return path;
        }
        catch (ArgumentException exception)
        {
            throw new DatabaseSettingException(nameof(DatabaseOptions.Connection), "it cannot be read; it must be Data Source=PATH, or a path alone.", exception);
        }
    }

    private static NpgsqlConnectionStringBuilder ReadUrl(string url)
    {
        var uri = new Uri(url);
        string[] user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host, Port = uri.Port > 0 ? uri.Port : NpgsqlConnectionPort };
        if (user[0].Length > 0)
            builder.Username = Uri.UnescapeDataString(user[0]);
        if (user.Length > 1)
            builder.Password = Uri.UnescapeDataString(user[1]);
        if (uri.AbsolutePath.Length > 1)
            builder.Database = Uri.UnescapeDataString(uri.AbsolutePath[1..]);
        foreach (string option in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = option.Split('=', 2);
            string name = parts[0].Equals("sslmode", StringComparison.OrdinalIgnoreCase) ? "SSL Mode" : Uri.UnescapeDataString(parts[0]);
            builder[name] = Uri.UnescapeDataString(parts.Length > 1 ? parts[1] : "").Replace("-", "", StringComparison.Ordinal);
        }

        return builder;
    }

    private const int NpgsqlConnectionPort = 5432;

    // Applications of a user do not share a file: its bounds are for one.
    private static string DefaultDirectory(string prefix)
    {
        string root = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        string name = string.Concat(prefix.TrimEnd(':').Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')).Trim('.');
        return Path.Combine(root.Length > 0 ? root : Path.GetTempPath(), "CachedAttr", name.Length > 0 ? name : "default");
    }
}
