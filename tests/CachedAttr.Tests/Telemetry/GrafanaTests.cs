using System.Text.Json;
using System.Text.RegularExpressions;
using CachedAttr.Telemetry;

namespace CachedAttr.Tests.Telemetry;

public sealed partial class GrafanaTests
{
    [Fact]
    public void Every_panel_asks_for_instruments_that_there_are_and_every_instrument_is_on_a_panel()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "CachedAttr.sln")))
            folder = Path.GetDirectoryName(folder)!;
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "docs", "grafana", "cachedattr.json")));
        var asked = dashboard.RootElement.GetProperty("panels").EnumerateArray().SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => Name().Matches(target.GetProperty("expr").GetString()!).Select(match => match.Value));
        var known = typeof(CacheTelemetry).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)
            .Where(name => name.StartsWith("cache.", StringComparison.Ordinal));

        Assert.Equal(known.Select(name => name.Replace('.', '_')).Order(StringComparer.Ordinal), asked.Select(Plain).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    // The suffixes that Prometheus' naming rules add.
    private static string Plain(string name) => name.Replace("_seconds_bucket", "", StringComparison.Ordinal).Replace("_total", "", StringComparison.Ordinal);

    [GeneratedRegex("cache_[a-z_]+", RegexOptions.None, 1000)]
    private static partial Regex Name();
}
