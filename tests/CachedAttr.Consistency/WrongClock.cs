using Microsoft.Extensions.Logging;

namespace CachedAttr.Consistency;

/// <summary>The system's time, as a machine with a wrong clock has it.</summary>
/// <param name="offset">How far it is off.</param>
/// <param name="isFrozen">Whether its monotonic clock stands still, as that of a suspended virtual machine.</param>
internal sealed class WrongClock(TimeSpan offset, bool isFrozen) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();

    public override long GetTimestamp() => isFrozen ? _began : base.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}

/// <summary>Logs to the error stream, which the test shows when something fails.</summary>
internal sealed class ErrorStream : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {eventId.Name}: {formatter(state, exception)}");

    public void Dispose()
    {
    }
}
