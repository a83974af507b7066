namespace CachedAttr.Backends;

/// <summary>How a backend is called: with a task, or by a thread that waits.</summary>
/// <remarks>
/// One parameter instead of every method twice. A backend that is called synchronously does its work before it returns, on the calling thread, and the
/// task that it returns has completed; it never waits for a task of its own, which could need the very thread that is waiting.
/// </remarks>
/// <param name="IsSynchronous">Whether the call has to be over when it returns.</param>
/// <param name="CancellationToken">Ends the wait; what has been sent may still happen.</param>
public readonly record struct BackendCall(bool IsSynchronous, CancellationToken CancellationToken)
{
    /// <summary>A call by a thread that waits.</summary>
    public static BackendCall Synchronous { get; } = new(IsSynchronous: true, CancellationToken.None);

    /// <summary>A call with a task.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The call.</returns>
    public static BackendCall Async(CancellationToken cancellationToken = default) => new(IsSynchronous: false, cancellationToken);
}
