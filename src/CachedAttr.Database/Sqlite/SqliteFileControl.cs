using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace CachedAttr.Database.Sqlite;

/// <summary>What SQLite knows of its file, and the ADO.NET client does not pass on.</summary>
internal static partial class SqliteFileControl
{
    // SQLITE_FCNTL_HAS_MOVED: "has been moved, renamed or deleted since it was first opened". It costs a call of stat.
    private const int HasMovedCode = 20;

    private static volatile bool _isMissing;

    /// <summary>Whether the file has been moved or deleted; null if this SQLite cannot tell.</summary>
    public static bool? HasMoved(SqliteConnection connection)
    {
        if (_isMissing || connection.Handle is not { } handle)
            return null;
        bool added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            return Control(handle.DangerousGetHandle(), "main", HasMovedCode, out int moved) == 0 ? moved != 0 : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            _isMissing = true; // the application brings another library
            return null;
        }
        finally
        {
            if (added)
                handle.DangerousRelease();
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Control(nint database, string schema, int operation, out int result);
}
