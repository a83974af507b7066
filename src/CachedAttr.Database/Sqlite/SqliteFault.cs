using Microsoft.Data.Sqlite;

namespace CachedAttr.Database.Sqlite;

/// <summary>What an exception of SQLite means.</summary>
internal static class SqliteFault
{
    // SQLite's result codes.
    private const int Error = 1, Busy = 5, Locked = 6, ReadOnly = 8, Corrupt = 11, Full = 13, CannotOpen = 14, Format = 24, NotADatabase = 26;
    private const int ShortRead = 522;

    /// <summary>Whether the file cannot be used, now or later: another one has to take its place.</summary>
    public static bool IsDamage(SqliteException exception) =>
        exception.SqliteErrorCode is ReadOnly or Corrupt or CannotOpen or Format or NotADatabase || exception.SqliteExtendedErrorCode == ShortRead || IsForeign(exception);

    /// <summary>Whether there is no room, on the disk or in the file.</summary>
    public static bool IsFull(SqliteException exception) => exception.SqliteErrorCode == Full;

    public static string Meaning(Exception exception, string path) => exception switch
    {
        SqliteException { SqliteErrorCode: Full } => $"there is no room on the disk of '{path}'",
        SqliteException { SqliteErrorCode: Busy or Locked } => $"others have kept '{path}' locked for too long (CommandTimeout)",
        SqliteException { SqliteErrorCode: ReadOnly or CannotOpen } or UnauthorizedAccessException => $"'{path}' cannot be opened for writing, and not be replaced; the process needs the right to write in its folder ({exception.Message})",
        _ => $"'{path}': {exception.Message}",
    };

    // A table or a column that this version of the schema has is missing: somebody has changed the file.
    private static bool IsForeign(SqliteException exception) =>
        exception.SqliteErrorCode == Error
        && (exception.Message.Contains("no such table", StringComparison.Ordinal) || exception.Message.Contains("no such column", StringComparison.Ordinal) || exception.Message.Contains("has no column", StringComparison.Ordinal));
}
