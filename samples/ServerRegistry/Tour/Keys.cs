using CachedAttr;
using Spectre.Console;

namespace ServerRegistry.Tour;

/// <summary>The keys that the tour has made.</summary>
internal static class Keys
{
    private const int Shown = 2;

    public static async Task ShowAsync(Cache cache)
    {
        var keys = new List<string>();
        await foreach (string key in cache.KeysAsync())
            keys.Add(key);

        var table = new Table { Title = new TableTitle($"The {keys.Count} keys in the cache") };
        table.AddColumns("begins with", "keys", "for example");
        foreach (var group in keys.GroupBy(Kind).OrderBy(group => group.Key, StringComparer.Ordinal))
            table.AddRow(Markup.Escape(group.Key), $"{group.Count()}", Markup.Escape(string.Join("\n", group.Order(StringComparer.Ordinal).Take(Shown))));
        AnsiConsole.Write(table);
    }

    private static string Kind(string key) => key.Split(':')[0] + (key.EndsWith(":tools", StringComparison.Ordinal) ? ":…:tools" : "");
}
