using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Database.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class ListLogger : ILogger
{
    private readonly ConcurrentQueue<(string Name, string Text)> _lines = new();

    public IEnumerable<string> Named(string name) => _lines.Where(line => line.Name == name).Select(static line => line.Text);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Name ?? "", formatter(state, exception)));
}
