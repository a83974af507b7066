using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace CachedAttr.Cli.Commands;

/// <summary><c>ttl</c>: what is left of an entry's time to live.</summary>
internal static class TtlCommand
{
    public static Command Create(SharedOptions shared)
    {
        var key = new Argument<string>("key") { Description = "The key, without the prefix." };
        var command = new Command("ttl", "What is left of an entry's time to live, in seconds. Exit code 1 if there is no valid one.") { key };
        command.SetAction(Session.Run(shared, async (session, output, parsed, cancellation) =>
        {
            string wanted = parsed.GetValue(key)!;
            var left = await session.Cache.GetTtlAsync(wanted, cancellation) ?? throw new CommandFailure(ExitCodes.No, $"There is no valid entry under '{wanted}'.");
            double seconds = Math.Round(left.TotalSeconds, 3);
            if (output.IsJson)
                output.Json(new JsonObject { ["key"] = wanted, ["ttlSeconds"] = seconds });
            else
                output.Line(seconds.ToString(CultureInfo.InvariantCulture));
            return ExitCodes.Done;
        }));
        return command;
    }
}
