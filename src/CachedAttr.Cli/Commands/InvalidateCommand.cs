using System.CommandLine;
using System.Text.Json.Nodes;

namespace CachedAttr.Cli.Commands;

/// <summary><c>invalidate</c>: patterns, keys or tags, in every process at once.</summary>
internal static class InvalidateCommand
{
    public static Command Create(SharedOptions shared)
    {
        var patterns = new Argument<string[]>("patterns") { Description = "Globs; without wildcards, keys.", Arity = ArgumentArity.OneOrMore };
        var tags = new Option<bool>("--tags") { Description = "They are tags." };
        var command = new Command("invalidate", "Invalidates in every process that shares the prefix. The cost does not depend on how many entries there are.") { patterns, tags };
        command.SetAction(Session.Run(shared, async (session, output, parsed, _) =>
        {
            string[] what = parsed.GetValue(patterns)!;
            if (parsed.GetValue(tags))
                await session.Cache.InvalidateTagAsync(what);
            else
                await session.Cache.InvalidateAsync(what);
            if (output.IsJson)
                output.Json(new JsonObject { ["invalidated"] = new JsonArray([.. what.Select(static one => (JsonNode)one)]) });
            else
                output.Line($"Invalidated {string.Join(", ", what)}");
            return ExitCodes.Done;
        }));
        return command;
    }
}
