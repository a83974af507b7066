using Microsoft.Extensions.Logging;

namespace CachedAttr.Consistency;

/// <summary>The system's time, as a machine with a wrong clock has it.</summary>
internal sealed class WrongClock(TimeSpan offset) : TimeProvider
{
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
