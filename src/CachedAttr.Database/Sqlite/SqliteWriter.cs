using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using CachedAttr.Backends;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Database.Sqlite;

/// <summary>
/// Does all writes of the process, one transaction at a time. Writes that come while one is on its way share the next: a commit costs more than what is in it.
/// </summary>
internal sealed class SqliteWriter(SqliteFile file, ILogger logger)
{
    private const int MaxBatch = 512;
    private const int MaxReplacements = 3;

    private readonly ConcurrentQueue<SqliteWrite> _queue = new();
    private readonly SqliteFlusher _flusher = new(file.Path);
    private int _isDraining;
    private bool _isFull;

    /// <summary>Does something within a transaction.</summary>
    public ValueTask<T> RunAsync<T>(Func<SqliteSession, T> work, BackendCall call, bool isDurable = false, WhenFull whenFull = WhenFull.Throw)
    {
        if (call.CancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<T>(call.CancellationToken);
        var write = new SqliteWrite<T>(work, isDurable, whenFull, call.CancellationToken);
        if (call.IsSynchronous)
        {
            lock (file.Gate)
                Commit([write]);
            Complete([write], isSynchronous: true);
            return new(write.Task);
        }

        _queue.Enqueue(write);
        if (Interlocked.Exchange(ref _isDraining, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(static writer => writer.Drain(), this, preferLocal: false);
        return new(write.Task);
    }

    private void Drain()
    {
        var batch = new List<SqliteWrite>();
        do
        {
            while (!_queue.IsEmpty)
            {
                lock (file.Gate)
                {
                    batch.Clear();
                    while (batch.Count < MaxBatch && _queue.TryDequeue(out var write))
                        batch.Add(write);
                    Commit(batch);
                }

                Complete(batch, isSynchronous: false);
            }

            Volatile.Write(ref _isDraining, 0);
        }
        while (!_queue.IsEmpty && Interlocked.Exchange(ref _isDraining, 1) == 0);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever it is goes to who waits for the write.")]
    private void Commit(List<SqliteWrite> batch)
    {
        foreach (var gone in batch.FindAll(static write => write.IsCancelled))
            gone.Fail(new OperationCanceledException());
        batch.RemoveAll(static write => write.IsCancelled);
        if (batch.Count == 0)
            return;
        try
        {
            Transact(batch);
            batch.ForEach(static write => write.IsDone = true);
        }
        catch (SqliteException exception) when (batch.Count > 1)
        {
            // One of them cannot be done, and it is not known which.
            logger.BatchSplit(exception.Message);
            foreach (var write in batch)
                Commit([write]);
        }
        catch (SqliteException exception) when (SqliteFault.IsFull(exception) && batch[0].WhenFull != WhenFull.Throw)
        {
            DoWithoutRoom(batch[0]);
        }
        catch (Exception exception)
        {
            batch.ForEach(write => write.Fail(exception));
        }
    }

    /// <summary>Commits on the file that is at the path, also when it is replaced meanwhile: what was written into one that nobody opens any more would be lost.</summary>
    private void Transact(List<SqliteWrite> batch)
    {
        for (int attempt = 1; ; attempt++)
        {
            var session = file.Writer();
            try
            {
                session.Begin();
                foreach (var write in batch)
                    write.Run(session);
                session.Run(SqliteTransaction.Commit);
                _isFull &= !batch.Exists(static write => write.WhenFull == WhenFull.Skip);
                if (!session.HasMoved(file.Path) || attempt > MaxReplacements)
                    return;
            }
            catch (SqliteException exception) when (SqliteFault.IsDamage(exception) && attempt == 1)
            {
                file.Replace(session.Generation, exception);
            }
            catch
            {
                SqliteTransaction.TryRollback(session);
                throw;
            }
        }
    }

    private void DoWithoutRoom(SqliteWrite write)
    {
        if (write.WhenFull == WhenFull.Empty)
        {
            try
            {
                file.Empty();
                Transact([write]);
                write.IsDone = true;
            }
            catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException)
            {
                write.Fail(exception);
            }

            return;
        }

        if (!_isFull)
            logger.DiskFull(file.Path);
        _isFull = true;
        write.Skip();
    }

    private void Complete(List<SqliteWrite> batch, bool isSynchronous)
    {
        foreach (var write in batch.Where(static write => write.IsDone))
        {
            if (write.IsDurable)
                _flusher.Complete(write, isSynchronous);
            else
                write.Complete();
        }
    }
}
