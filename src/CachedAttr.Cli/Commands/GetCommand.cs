using System.CommandLine;
using System.Text.Json.Nodes;

namespace CachedAttr.Cli.Commands;

/// <summary><c>get</c>: an entry with its value as JSON.</summary>
internal static class GetCommand
{
    public static Command Create(SharedOptions shared)
    {
        var key = new Argument<string>("key") { Description = "The key, without the prefix." };
        var command = new Command("get", "An entry, with its value as JSON. Exit code 1 if there is no valid one.") { key };
        command.SetAction(Session.Run(shared, async (session, output, parsed, cancellation) =>
        {
            string wanted = parsed.GetValue(key)!;
            var entry = await session.Cache.DescribeAsync(wanted, withValue: true, cancellation)
                ?? throw new CommandFailure(ExitCodes.No, $"There is no valid entry under '{wanted}'.");
            if (output.IsJson)
            {
                output.Json(new JsonObject
                {
                    ["key"] = entry.Key,
                    ["ageSeconds"] = Math.Round(entry.Age.TotalSeconds, 3),
                    ["ttlSeconds"] = entry.Remaining is { } left ? Math.Round(left.TotalSeconds, 3) : null,
                    ["stamp"] = entry.Stamp,
                    ["sizeBytes"] = entry.Size,
                    ["value"] = entry.Json is null ? null : JsonNode.Parse(entry.Json),
                });
                return ExitCodes.Done;
            }

            output.Facts([("Key", entry.Key), ("Age", Output.Span(entry.Age)), ("TTL", Output.Span(entry.Remaining)), ("Size", Output.Size(entry.Size))]);
            output.Line(entry.Json ?? "(The value is not MessagePack, and cannot be shown.)");
            return ExitCodes.Done;
        }));
        return command;
    }
}
