using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace CachedAttr.Backends;

/// <summary>The circuit breaker and the time limit around every call of a backend (Polly).</summary>
internal sealed class BackendPipeline
{
    // Two faults in five seconds, if they are at least half of the calls.
    private const double FailureRatio = 0.5;
    private const int MinimumFaults = 2;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestBreak = TimeSpan.FromSeconds(0.5);

    private static readonly ResiliencePropertyKey<int> StartedIn = new("CachedAttr.Era");

    private readonly CircuitBreakerStateProvider _breaker = new();
    private readonly ResiliencePipeline _pipeline;
    private int _era;

    /// <param name="settings">Time limit and break.</param>
    /// <param name="time">The clock.</param>
    /// <param name="opened">Told when the breaker opens, with the last fault.</param>
    public BackendPipeline(ResilienceSettings settings, TimeProvider time, Action<Exception?> opened)
    {
        _pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                StateProvider = _breaker,
                FailureRatio = FailureRatio,
                MinimumThroughput = MinimumFaults,
                SamplingDuration = Window,
                BreakDuration = settings.BreakDuration > ShortestBreak ? settings.BreakDuration : ShortestBreak,
                ShouldHandle = arguments => new(
                    arguments.Outcome.Exception is { } exception and not OperationCanceledException && !IsAnswer(exception)
                    && arguments.Context.Properties.GetValue(StartedIn, 0) == Era),
                OnOpened = arguments =>
                {
                    opened(arguments.Outcome.Exception);
                    return default;
                },
            })
            .AddTimeout(settings.Timeout)
            .Build();
    }

    /// <summary>How often the backend has come back. The fault of a call that began in an earlier era says nothing about the backend now.</summary>
    public int Era => Volatile.Read(ref _era);

    /// <summary>The backend is back.</summary>
    public void BeginEra() => Interlocked.Increment(ref _era);

    /// <summary>The breaker's state in a word.</summary>
    public string Breaker => _breaker.CircuitState switch
    {
        CircuitState.Closed => "closed",
        CircuitState.HalfOpen => "half-open",
        _ => "open",
    };

    /// <summary>Whether an exception says that the backend is in trouble, and not that the caller has gone or asked for the impossible.</summary>
    public static bool IsFault(Exception exception, BackendCall call) =>
        !IsAnswer(exception) && !(exception is OperationCanceledException && call.CancellationToken.IsCancellationRequested);

    /// <summary>Calls a backend.</summary>
    public async ValueTask<T> DoAsync<TState, T>(ICacheBackend backend, BackendCall call, TState state, Func<ICacheBackend, TState, BackendCall, ValueTask<T>> action)
    {
        var work = (backend, call, state, action);
        var context = ResilienceContextPool.Shared.Get(call.CancellationToken);
        context.Properties.Set(StartedIn, Era);
        try
        {
            // A thread that waits cannot be called back: there the backend's own time limit counts. Its task has completed when it returns.
            return call.IsSynchronous
                ? _pipeline.Execute(static (_, work) => Ended(work.action(work.backend, work.state, work.call)), context, work)
                : await _pipeline.ExecuteAsync(
                    static (context, work) => LimitedAsync(
                        work.action(work.backend, work.state, work.call with { CancellationToken = context.CancellationToken }), context.CancellationToken),
                    context,
                    work).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Tells the breaker of a fault of a call that did not go through it.</summary>
    /// <param name="fault">What it threw.</param>
    /// <param name="era">The <see cref="Era"/> in which the call began.</param>
    public async ValueTask ReportAsync(Exception fault, int era)
    {
        var context = ResilienceContextPool.Shared.Get(CancellationToken.None);
        context.Properties.Set(StartedIn, era);
        try
        {
            await _pipeline.ExecuteAsync(static (_, fault) => ValueTask.FromException(fault), context, fault).ConfigureAwait(false);
        }
        catch (Exception reported) when (ReferenceEquals(reported, fault) || reported is BrokenCircuitException)
        {
            // What was to be counted has been.
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // A backend that breaks the rule and goes on with a task is waited for: wrong is better than broken.
    private static T Ended<T>(ValueTask<T> task) => task.IsCompleted ? task.Result : task.AsTask().GetAwaiter().GetResult();

    // Not every client ends a call when its token is cancelled. The wait ends in any case.
    private static ValueTask<T> LimitedAsync<T>(ValueTask<T> task, CancellationToken token) =>
        task.IsCompleted ? task : new(task.AsTask().WaitAsync(token));

    // Of a counter that cannot be incremented; the backend is well.
    private static bool IsAnswer(Exception exception) => exception is OverflowException or InvalidOperationException and not ObjectDisposedException;
}
