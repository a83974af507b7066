using System.Diagnostics;
using CachedAttr.Backends;
using CachedAttr.Backends.Conformance;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Tests.Coherence;

/// <summary>Several caches over one backend, each as another process would have it, on a clock that the test moves.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<Cache> _caches = [];
    private MemoryBackend? _store;

    public ManualTimeProvider Time { get; } = new();

    /// <summary>The backend that all share.</summary>
    public MemoryBackend Store => _store ?? throw new InvalidOperationException("There is no node yet.");

    /// <summary>Makes a node, with a connection of its own that can fail.</summary>
    public Node Add(Action<CacheOptions>? configure = null)
    {
        FaultyBackend? connection = null;
        var log = new LogLines();
        var cache = Cache.Create(options =>
        {
            options.TimeProvider = Time;
            options.LoggerFactory = log;
            options.BackendFactory = settings => connection = new FaultyBackend(new Undisposed(_store ??= new MemoryBackend(settings)), Time);
            configure?.Invoke(options);
        });
        _caches.Add(cache);
        return new(cache, connection!, log);
    }

    /// <summary>Lets time pass until something is so, in steps that heartbeats need.</summary>
    public async Task UntilAsync(Func<bool> condition, TimeSpan step)
    {
        for (int i = 0; i < 500 && !condition(); i++)
        {
            Time.Advance(step);
            for (int j = 0; j < 20 && !condition(); j++)
                await Task.Yield();
            if (!condition())
                await Task.Delay(1);
        }

        // Enough time has passed for the caches; a machine that is busy may need more.
        long began = Stopwatch.GetTimestamp();
        while (!condition() && Stopwatch.GetElapsedTime(began) < Patience)
            await Task.Delay(1);
        Assert.True(condition(), "it did not happen");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cache in _caches)
            await cache.DisposeAsync();
    }
}

/// <summary>One of them.</summary>
internal sealed record Node(Cache Cache, FaultyBackend Connection, LogLines Log)
{
    private int _loads;

    public int Loads => Volatile.Read(ref _loads);

    /// <summary>Loads a value by hand, as a cached method would.</summary>
    public ValueTask<string> GetAsync(string key, string value) => Cache.GetOrLoadAsync(key, _ =>
    {
        Interlocked.Increment(ref _loads);
        return new ValueTask<string>(value);
    });
}

/// <summary>What was logged.</summary>
internal sealed class LogLines : ILoggerFactory, ILogger
{
    private readonly List<(EventId Id, string Text)> _lines = [];

    public int Count(string name)
    {
        lock (_lines)
            return _lines.Count(line => line.Id.Name == name);
    }

    public string? Last(string name)
    {
        lock (_lines)
            return _lines.LastOrDefault(line => line.Id.Name == name).Text;
    }

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
            _lines.Add((eventId, formatter(state, exception)));
    }

    public void Dispose()
    {
    }
}
