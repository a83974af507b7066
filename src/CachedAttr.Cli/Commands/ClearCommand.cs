using System.CommandLine;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace CachedAttr.Cli.Commands;

/// <summary><c>clear</c>: invalidates, and removes from the backend.</summary>
internal static class ClearCommand
{
    public static Command Create(SharedOptions shared)
    {
        var pattern = new Argument<string>("pattern") { Description = "A glob.", DefaultValueFactory = _ => "*" };
        var yes = new Option<bool>("--yes", "-y") { Description = "Does not ask." };
        var command = new Command("clear", "Invalidates what a pattern matches, and removes it from the backend, which looks at every key.") { pattern, yes };
        command.SetAction(Session.Run(shared, async (session, output, parsed, cancellation) =>
        {
            string what = parsed.GetValue(pattern)!;
            if (!parsed.GetValue(yes) && !await ConfirmAsync(output, what, cancellation))
                throw new CommandFailure(ExitCodes.No, "Nothing was removed.");
            long removed = await Progress.WhileAsync(output, $"Removing {what}", () => session.Cache.ClearAsync(what, cancellation).AsTask());
            if (output.IsJson)
                output.Json(new JsonObject { ["pattern"] = what, ["removed"] = removed });
            else
                output.Line(removed == 1 ? "Removed 1 entry." : FormattableString.Invariant($"Removed {removed:N0} entries."));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static async Task<bool> ConfirmAsync(Output output, string pattern, CancellationToken cancellation)
    {
        if (Console.IsInputRedirected || output.IsJson)
            throw new CommandFailure(ExitCodes.No, "Nobody can be asked here; --yes removes without asking.");
        return await new ConfirmationPrompt(Markup.Escape($"Remove everything that matches '{pattern}'?")) { DefaultValue = false }.ShowAsync(output.Terminal, cancellation);
    }
}
