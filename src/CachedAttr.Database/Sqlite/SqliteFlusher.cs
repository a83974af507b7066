using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace CachedAttr.Database.Sqlite;

/// <summary>Brings what was committed to the disk, without keeping others from writing meanwhile; one call of the system is for all who wait.</summary>
/// <remarks>
/// SQLite commits with <c>synchronous = NORMAL</c>: consistent after a power failure, without what came last. What has to survive is in the write-ahead log when the
/// commit has returned, so bringing that file to the disk is what <c>FULL</c> does as well, but there it is done while the lock is held that all processes write
/// under. If somebody has moved the log's content into the file meanwhile, SQLite has brought both to the disk. Unlike the file itself, its log carries none of
/// SQLite's locks, so it may be opened beside it.
/// </remarks>
internal sealed class SqliteFlusher(string path)
{
    private readonly ConcurrentQueue<SqliteWrite> _waiting = new();
    private int _isFlushing;

    /// <summary>Completes a write once it is on the disk; at once if nobody may be called back.</summary>
    public void Complete(SqliteWrite write, bool isSynchronous)
    {
        if (isSynchronous)
        {
            Flush([write]);
            return;
        }

        _waiting.Enqueue(write);
        if (Interlocked.Exchange(ref _isFlushing, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static flusher => flusher.FlushWaiting(), this, preferLocal: false);
    }

    private void FlushWaiting()
    {
        var some = new List<SqliteWrite>();
        do
        {
            while (!_waiting.IsEmpty)
            {
                some.Clear();
                while (_waiting.TryDequeue(out var write))
                    some.Add(write);
                Flush(some);
            }

            Volatile.Write(ref _isFlushing, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.Exchange(ref _isFlushing, 1) == 0);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever it is goes to who waits for the write.")]
    private void Flush(List<SqliteWrite> writes)
    {
        try
        {
            using var log = File.OpenHandle(path + "-wal", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(log);
        }
        catch (FileNotFoundException)
        {
            // The file was deleted or replaced: what is there now is another log, which says that everything before it is invalid.
        }
        catch (Exception exception)
        {
            writes.ForEach(write => write.Fail(exception));
            return;
        }

        writes.ForEach(static write => write.Complete());
    }
}
