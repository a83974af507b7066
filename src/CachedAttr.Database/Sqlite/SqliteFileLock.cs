using System.Diagnostics;
using System.Globalization;

namespace CachedAttr.Database.Sqlite;

/// <summary>Lets one process at a time make, replace or delete the file. It is a file beside it, which the system unlocks when its holder dies.</summary>
internal static class SqliteFileLock
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);
    private const int PauseMilliseconds = 5;

    /// <summary>The files that SQLite keeps, beginning with the one that is named.</summary>
    public static IReadOnlyList<string> Suffixes { get; } = ["", "-wal", "-shm"];

    /// <summary>Takes the lock.</summary>
    /// <exception cref="IOException">Another process has held it for too long.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static FileStream Take(string path)
    {
        // Waiting for a lock of the file system is asking again; it is held for milliseconds, by a process that begins.
        using var pause = new ManualResetEventSlim();
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException) && waited.Elapsed < Limit)
            {
                pause.Wait(PauseMilliseconds);
            }
        }
    }

    /// <summary>Renames what is at the path, a folder as well, and drops what was put aside earlier.</summary>
    /// <returns>The new name.</returns>
    public static string MoveAside(string path)
    {
        string before = path + ".damaged-";
        string aside = before + TimeProvider.System.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture);
        foreach (string old in Directory.GetFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(before) + "*"))
            File.Delete(old);
        if (Directory.Exists(path))
            Directory.Move(path, aside);
        foreach (string suffix in Suffixes)
        {
            if (File.Exists(path + suffix))
                File.Move(path + suffix, aside + suffix, overwrite: true);
        }

        return aside;
    }
}
