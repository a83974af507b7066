using ServerRegistry.Domain;

namespace ServerRegistry.Data;

/// <summary>Servers made here, for those who have no file; and more of the same, so that queries cost something.</summary>
public static class MadeUpRegistry
{
    private static readonly string[] Subjects = ["calendar", "mail", "weather", "maps", "tickets", "invoices", "logs", "metrics", "search", "files", "payments", "translation", "music", "recipes", "flights"];
    private static readonly string[] Categories = ["devops", "productivity", "database", "ai", "monitoring", "search", "security", "communication"];
    private static readonly string[] Verbs = ["list", "get", "create", "update", "delete", "search", "export", "summarize"];
    private static readonly string[] Vendors = ["acme", "northwind", "contoso", "initech", "globex", "umbrella", "hooli", "stark"];

    private static readonly ToolArgument[] Arguments =
    [
        new("query", "string", "What to look for."),
        new("limit", "integer", "How many at most."),
        new("since", "string", "Nothing older, as an ISO 8601 date."),
        new("format", "string", "text or json."),
    ];

    /// <summary>The same servers every time.</summary>
    public static IReadOnlyList<RegistryEntry> Servers { get; } = [.. Enumerable.Range(0, Subjects.Length * Vendors.Length).Select(Make)];

    /// <summary>Repeats servers under other names until there are enough; those without tools get some.</summary>
    public static IEnumerable<RegistryEntry> Enlarge(IReadOnlyList<RegistryEntry> servers, int count)
    {
        for (int i = 0; i < count; i++)
        {
            var server = servers[i % servers.Count];
            int copy = i / servers.Count;
            yield return server with
            {
                Name = copy == 0 ? server.Name : $"{server.Name}-{copy}",
                Title = copy == 0 ? server.Title : $"{server.Title} {copy}",
                Tools = server.Tools.Count > 0 ? server.Tools : MakeTools(i),
            };
        }
    }

    private static RegistryEntry Make(int i)
    {
        string subject = Subjects[i % Subjects.Length];
        string vendor = Vendors[i / Subjects.Length];
        string category = Categories[(i * 7) % Categories.Length];
        return new RegistryEntry(
            $"{vendor}-{subject}", i % 4 == 0 ? "remote" : "server", category, $"{vendor} {subject}",
            $"Lets an assistant work with the {subject} of {vendor}: read, search and change them, with the permissions of its user.",
            $"{vendor}/{subject}", $"https://example.org/{vendor}/{subject}", category == subject ? [category] : [category, subject], MakeTools(i));
    }

    private static ToolEntry[] MakeTools(int i) =>
        [.. Enumerable.Range(0, 3 + (i % 6)).Select(n => new ToolEntry($"{Verbs[(i + n) % Verbs.Length]}_{Subjects[i % Subjects.Length]}", "Does what its name says.", Arguments[..((i + n) % 5)]))];
}
