namespace CachedAttr.Database.Sqlite;

/// <summary>What becomes of a write that finds no room.</summary>
internal enum WhenFull
{
    /// <summary>It is not done; its result is that of nothing.</summary>
    Skip,

    /// <summary>The exception is thrown.</summary>
    Throw,

    /// <summary>It has to be done: the file is emptied, which says at least as much.</summary>
    Empty,
}

/// <summary>A piece of a transaction, and who waits for it.</summary>
internal abstract class SqliteWrite(bool isDurable, WhenFull whenFull, CancellationToken cancellationToken)
{
    /// <summary>Whether it has to survive a power failure once it is acknowledged.</summary>
    public bool IsDurable { get; } = isDurable;

    public WhenFull WhenFull { get; } = whenFull;

    /// <summary>Whether it has been committed; who waits for it is told outside of the lock.</summary>
    public bool IsDone { get; set; }

    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    protected CancellationToken CancellationToken => cancellationToken;

    /// <summary>Does it within a transaction. What is wrong with the request itself is kept for its caller, and disturbs nobody else.</summary>
    public abstract void Run(SqliteSession session);

    /// <summary>The transaction has been committed.</summary>
    public abstract void Complete();

    /// <summary>It has failed.</summary>
    public abstract void Fail(Exception exception);

    /// <summary>There was no room, and it was not done.</summary>
    public abstract void Skip();
}

/// <summary>A piece of a transaction with a result.</summary>
internal sealed class SqliteWrite<T>(Func<SqliteSession, T> work, bool isDurable, WhenFull whenFull, CancellationToken cancellationToken)
    : SqliteWrite(isDurable, whenFull, cancellationToken)
{
    private readonly TaskCompletionSource<T> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _refusal;

    public Task<T> Task => _source.Task;

    public override void Run(SqliteSession session)
    {
        try
        {
            _refusal = null;
            _result = work(session);
        }
        catch (Exception exception) when (exception is OverflowException or InvalidOperationException)
        {
            _refusal = exception;
        }
    }

    public override void Complete()
    {
        if (_refusal is null)
            _source.TrySetResult(_result);
        else
            _source.TrySetException(_refusal);
    }

    public override void Fail(Exception exception)
    {
        if (exception is OperationCanceledException)
            _source.TrySetCanceled(CancellationToken);
        else
            _source.TrySetException(exception);
    }

    public override void Skip() => _source.TrySetResult(default!);
}
