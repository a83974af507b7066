using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Shapes.Tests;

/// <summary>A host that fills its cache when it starts.</summary>
public sealed class WarmUpTests
{
    private const int AtOnce = 4;

    [Fact]
    public async Task Calls_run_a_few_at_a_time_with_their_progress_in_the_log_and_the_host_waits_for_none()
    {
        const int Calls = 20;
        var log = new Lines();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int begun = 0, running = 0, most = 0;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(log);
        builder.Services.AddCachedAttr();
        builder.Services.AddSingleton<Calls>();
        for (int i = 0; i < Calls; i++)
            builder.Services.AddCacheWarmup<Calls>(CallAsync);
        using var host = builder.Build();
        await host.StartAsync(); // none of them has ended
        while (Volatile.Read(ref begun) < AtOnce)
            await Task.Yield();
        gate.SetResult();
        while (log.Of("WarmedUp").Count + log.Of("WarmUpFailed").Count < Calls + (Calls / 2))
            await Task.Yield();
        await host.StopAsync();

        Assert.Equal(AtOnce, most);
        Assert.Equal(Enumerable.Range(1, Calls), log.Of("WarmedUp").Select(line => int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)).Order());
        Assert.All(log.Of("WarmedUp"), line => Assert.Contains(" of 20 calls have ended, the last for Calls after ", line, StringComparison.Ordinal));
        Assert.All(log.Of("WarmUpFailed"), line => Assert.Contains("a call for Calls has failed", line, StringComparison.Ordinal));

        async Task CallAsync(Calls calls)
        {
            int number = Interlocked.Increment(ref begun);
            int now = Interlocked.Increment(ref running);
            for (int seen = most; now > seen; seen = most)
                Interlocked.CompareExchange(ref most, now, seen);
            await gate.Task;
            Interlocked.Decrement(ref running);
            if (number % 2 == 0)
                throw new InvalidOperationException("It fails.");
        }
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<(string? Event, string Text)> _lines = new();

        public List<string> Of(string name) => [.. _lines.Where(line => line.Event == name).Select(line => line.Text)];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue((eventId.Name, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
