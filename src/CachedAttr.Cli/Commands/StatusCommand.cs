using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CachedAttr.Backends;

namespace CachedAttr.Cli.Commands;

/// <summary><c>status</c>: what the backend says of itself.</summary>
internal static class StatusCommand
{
    public static Command Create(SharedOptions shared)
    {
        var command = new Command("status", "What the backend says of itself.");
        command.SetAction(Session.Run(shared, async (session, output, _, cancellation) =>
        {
            Write(output, await session.Backend.GetStatusAsync(BackendCall.Async(cancellation)));
            return ExitCodes.Done;
        }));
        return command;
    }

    private static void Write(Output output, BackendStatus status)
    {
        if (output.IsJson)
        {
            output.Json(Json(status));
            return;
        }

        output.Facts(
        [
            ("Backend", status.Backend), ("Location", status.Location), ("Version", status.Version), ("Uptime", Output.Span(status.Uptime)),
            ("Memory", status.MaxBytes is null ? Output.Size(status.UsedBytes) : $"{Output.Size(status.UsedBytes)} of {Output.Size(status.MaxBytes)}"),
            ("Eviction", status.EvictionPolicy), ("Clients", Text(status.Clients)), ("Entries", Text(status.Entries)), ("Log records", Text(status.LogRecords)),
            .. status.Details.OrderBy(static detail => detail.Key, StringComparer.Ordinal).Select(static detail => (detail.Key, (string?)detail.Value)),
        ]);
    }

    public static JsonObject Json(BackendStatus status) => new()
    {
        ["backend"] = status.Backend,
        ["location"] = status.Location,
        ["version"] = status.Version,
        ["uptimeSeconds"] = status.Uptime?.TotalSeconds,
        ["usedBytes"] = status.UsedBytes,
        ["maxBytes"] = status.MaxBytes,
        ["evictionPolicy"] = status.EvictionPolicy,
        ["clients"] = status.Clients,
        ["entries"] = status.Entries,
        ["logRecords"] = status.LogRecords,
        ["details"] = new JsonObject(status.Details.OrderBy(static detail => detail.Key, StringComparer.Ordinal)
            .Select(static detail => KeyValuePair.Create(detail.Key, (JsonNode?)detail.Value))),
    };

    private static string? Text(IFormattable? number) => number?.ToString("N0", CultureInfo.InvariantCulture);
}
