using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Tests;

/// <summary>The documents say what is so.</summary>
public sealed partial class DocsTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void No_relative_link_is_dead()
    {
        string[] files = [.. Directory.GetFiles(Root, "*.md"), .. Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories), .. Directory.GetFiles(Path.Combine(Root, "src"), "*.md", SearchOption.AllDirectories)];
        var links = files.SelectMany(file => Link().Matches(File.ReadAllText(file)).Select(match => (file, Target: match.Groups["target"].Value)))
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal)).ToList();
        var dead = links.Where(link => !Path.Exists(Path.Combine(Path.GetDirectoryName(link.file)!, link.Target.Split('#')[0])));

        Assert.True(links.Count > 5);
        Assert.Empty(dead);
    }

    [Fact]
    public void Every_setting_is_documented()
    {
        string text = File.ReadAllText(Path.Combine(Root, "docs", "configuration.md"));

        Assert.All(typeof(CacheOptions).GetProperties().Concat(typeof(CachePolicy).GetProperties()), property => Assert.Contains($"`{property.Name}", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_log_event_is_documented()
    {
        string text = File.ReadAllText(Path.Combine(Root, "docs", "configuration.md"));
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

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
