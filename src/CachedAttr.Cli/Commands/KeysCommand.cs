using System.CommandLine;
using System.Text.Json.Nodes;

namespace CachedAttr.Cli.Commands;

/// <summary><c>keys</c>: the keys of valid entries that a pattern matches.</summary>
internal static class KeysCommand
{
    public static Command Create(SharedOptions shared)
    {
        var pattern = new Argument<string>("pattern") { Description = "A glob.", DefaultValueFactory = _ => "*" };
        var limit = new Option<int>("--limit", "-n") { Description = "How many keys at most; 0 for all.", DefaultValueFactory = _ => 1000 };
        var command = new Command("keys", "The keys of valid entries that a pattern matches, one a line. It looks at every key of the backend.") { pattern, limit };
        command.SetAction(Session.Run(shared, async (session, output, parsed, cancellation) =>
        {
            int most = parsed.GetValue(limit);
            string what = parsed.GetValue(pattern)!;
            var keys = await Progress.WhileAsync(output, $"Looking for {what}", () => FindAsync(session.Cache, what, most, cancellation));
            if (most > 0 && keys.Count > most)
            {
                await Console.Error.WriteLineAsync($"There are more than {most}; --limit 0 lists all.");
                keys.RemoveAt(most);
            }

            keys.Sort(StringComparer.Ordinal);
            if (output.IsJson)
                output.Json(new JsonArray([.. keys.Select(static key => (JsonNode)key)]));
            else
                keys.ForEach(output.Line);
            return keys.Count > 0 ? ExitCodes.Done : ExitCodes.No;
        }));
        return command;
    }

    /// <summary>One more than asked for, if there are more.</summary>
    private static async Task<List<string>> FindAsync(Cache cache, string pattern, int most, CancellationToken cancellation)
    {
        var keys = new List<string>();
        await foreach (string key in cache.KeysAsync(pattern, cancellation))
        {
            keys.Add(key);
            if (most > 0 && keys.Count > most)
                break;
        }

        return keys;
    }
}
