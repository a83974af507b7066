using System.Net.Sockets;
using Npgsql;

namespace CachedAttr.Database.Postgres;

/// <summary>What an exception of the client means, and which setting to look at.</summary>
internal static class PostgresFault
{
    /// <summary>Whether an exception says that the server is in trouble, or does not let this process in.</summary>
    public static bool IsFault(Exception exception) =>
        exception is NpgsqlException or TimeoutException or SocketException or IOException or ObjectDisposedException
        || (exception is OperationCanceledException && exception.InnerException is NpgsqlException);

    /// <summary>Whether the tables or the function are not there.</summary>
    public static bool IsMissing(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.InvalidSchemaName };

    public static string Meaning(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
            $"the server refuses the user or the password: look at CachedAttr:Database:Connection ({refused.MessageText})",
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } missing => $"there is no such database: look at CachedAttr:Database:Connection ({missing.MessageText})",
        PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } denied =>
            $"the account lacks a right: grant it SELECT, INSERT, UPDATE and DELETE on the cache's tables ({denied.MessageText})",
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => "the server is a read-only replica, or the account is read-only: CachedAttr:Database:Connection has to name the primary",
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "the disk of the server is full",
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => "the server has no connection left: lower Maximum Pool Size in CachedAttr:Database:Connection, or raise max_connections on the server",
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => "it did not answer in time (CachedAttr:Database:CommandTimeout)",
        PostgresException other => $"PostgreSQL answers: {other.MessageText} ({other.SqlState})",
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => "it did not answer in time (CachedAttr:Database:CommandTimeout)",
        NpgsqlException { InnerException: SocketException socket } => $"it cannot be reached: {socket.Message} (CachedAttr:Database:Connection)",
        _ => $"the connection was lost: {exception.Message}",
    };
}
