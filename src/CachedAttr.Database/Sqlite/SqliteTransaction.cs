using Microsoft.Data.Sqlite;

namespace CachedAttr.Database.Sqlite;

/// <summary>The statements around a transaction that writes.</summary>
internal static class SqliteTransaction
{
    /// <summary>Takes the write lock at once: a transaction that reads first could not.</summary>
    public const string Begin = "BEGIN IMMEDIATE";

    public const string BeginReading = "BEGIN";

    public const string Commit = "COMMIT";

    private const string Rollback = "ROLLBACK";

    public static void TryRollback(SqliteSession session)
    {
        try
        {
            session.Run(Rollback);
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself.
        }
    }
}
