using Microsoft.Extensions.Logging;

namespace CachedAttr.Tests;

/// <summary>The documents say what is so. More of that is in CachedAttr.Docs.Tests; this needs the log's internals.</summary>
public sealed class DocsTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Every_log_event_is_documented()
    {
        string text = File.ReadAllText(Path.Combine(Root, "docs", "observability.md"));
        var events = typeof(Log).GetMethods().SelectMany(method => method.GetCustomAttributes(typeof(LoggerMessageAttribute), inherit: false)).Cast<LoggerMessageAttribute>().ToList();

        Assert.NotEmpty(events);
        Assert.All(events, log => Assert.Contains($"| {log.EventId} | {log.EventName} |", text, StringComparison.Ordinal));
        Assert.Equal(events.Count, events.Select(log => log.EventId).Distinct().Count());
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "CachedAttr.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("The tests have to run inside the repository.");
    }
}
