using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Hosting;

/// <summary>Calls cached methods when the host starts, a few at a time. What fails is logged, and the host does not wait for it.</summary>
internal sealed class CacheWarmup(IServiceScopeFactory scopes, IEnumerable<CacheWarmup.Step> steps, ILoggerFactory loggers) : BackgroundService
{
    /// <summary>How many calls run at the same time: enough to overlap waits, few enough to leave a source that has just started alone.</summary>
    private const int Parallelism = 4;

    private readonly Step[] _steps = [.. steps];
    private readonly ILogger _logger = loggers.CreateLogger("CachedAttr");
    private int _done;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Parallel.ForEachAsync(_steps, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = stoppingToken }, RunAsync);

    private async ValueTask RunAsync(Step step, CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
                await step.Call(scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            _logger.WarmUpFailed(step.Service, exception);
        }

        int done = Interlocked.Increment(ref _done);
        long milliseconds = (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        _logger.WarmedUp(done, _steps.Length, step.Service, milliseconds);
    }

    /// <summary>One call.</summary>
    internal sealed record Step(string Service, Func<IServiceProvider, CancellationToken, Task> Call);
}
