using System.CommandLine;
using System.Text.Json.Nodes;
using CachedAttr.Telemetry;

namespace CachedAttr.Cli.Commands;

/// <summary><c>health</c>: whether the backend answers, and how soon.</summary>
internal static class HealthCommand
{
    public static Command Create(SharedOptions shared)
    {
        var command = new Command("health", "Whether the backend answers, and how soon. Exit code 0: healthy, 1: not, 2: it does not answer.");
        command.SetAction(Session.Run(shared, async (session, output, _, cancellation) =>
        {
            await session.Cache.Backend!.Follower.JoinAsync(CachedAttr.Backends.BackendCall.Async(cancellation));
            var health = await session.Cache.CheckHealthAsync(cancellation);
            if (health.Backend is null)
                throw new CommandFailure(ExitCodes.Unreachable, health.Description);
            if (output.IsJson)
            {
                output.Json(new JsonObject
                {
                    ["status"] = health.Status.ToString(),
                    ["description"] = health.Description,
                    ["latencyMilliseconds"] = health.Latency?.TotalMilliseconds,
                    ["logPosition"] = health.State?.LogPosition,
                });
            }
            else
            {
                output.Facts([("Status", health.Status.ToString()), ("Why", health.Description), ("Latency", Output.Span(health.Latency))]);
            }

            return health.Status == CacheHealthStatus.Healthy ? ExitCodes.Done : ExitCodes.No;
        }));
        return command;
    }
}
