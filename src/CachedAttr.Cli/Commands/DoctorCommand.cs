using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using CachedAttr.Backends;

namespace CachedAttr.Cli.Commands;

/// <summary><c>doctor</c>: checks what often goes wrong, and tells the way out.</summary>
internal static class DoctorCommand
{
    private const long Second = 1_000_000;

    public static Command Create(SharedOptions shared)
    {
        var command = new Command("doctor", "Checks connection, version, memory, clock and log; each finding with the way out. Exit code 1 if something should be done.");
        command.SetAction(Session.Run(shared, async (session, output, _, cancellation) =>
        {
            var findings = await ExamineAsync(session.Backend, cancellation);
            if (output.IsJson)
            {
                output.Json(new JsonArray([.. findings.Select(static one => (JsonNode)new JsonObject
                {
                    ["check"] = one.Check, ["ok"] = one.IsWell, ["found"] = one.Found, ["wayOut"] = one.WayOut,
                })]));
            }
            else
            {
                output.Table(["", "check", "found", "way out"], findings.Select(static one => (IReadOnlyList<string>)[one.IsWell ? "ok" : "!!", one.Check, one.Found, one.WayOut ?? ""]));
            }

            return findings.TrueForAll(static one => one.IsWell) ? ExitCodes.Done : ExitCodes.No;
        }));
        return command;
    }

    private static async Task<List<Finding>> ExamineAsync(ICacheBackend backend, CancellationToken cancellation)
    {
        var call = BackendCall.Async(cancellation);
        await backend.ReadLogAsync(LogPosition.None, call); // connects
        long began = Stopwatch.GetTimestamp();
        var before = DateTimeOffset.UtcNow;
        var page = await backend.ReadLogAsync(LogPosition.None, call);
        var took = Stopwatch.GetElapsedTime(began);
        var status = await backend.GetStatusAsync(call);
        return
        [
            new("connection", took < TimeSpan.FromMilliseconds(20), $"{status.Location} answers in {Output.Span(took)}",
                "Every miss waits this long: bring the backend closer, or keep values in this process for longer."),
            Version(status),
            .. Memory(status),
            Clock(page, before, took),
            new("log", (status.LogRecords ?? 0) < 100_000, string.Create(CultureInfo.InvariantCulture, $"{status.LogRecords ?? 0:N0} records"),
                "Invalidate by pattern or tag in place of many single keys."),
        ];
    }

    private static Finding Version(BackendStatus status)
    {
        bool isOld = string.Equals(status.Backend, "redis", StringComparison.Ordinal) && System.Version.TryParse(status.Version, out var version) && version.Major < 6;
        return new("version", !isOld, $"{status.Backend} {status.Version}", "Redis 6 or newer is what the scripts are tested with.");
    }

    private static IEnumerable<Finding> Memory(BackendStatus status)
    {
        if (status.EvictionPolicy is not { } policy)
            yield break;
        yield return new("memory limit", status.MaxBytes is not null, status.MaxBytes is { } most ? $"{Output.Size(status.UsedBytes)} of {Output.Size(most)}" : "none",
            "Set maxmemory, or a full machine ends the server.");
        bool evictsLog = policy.StartsWith("allkeys", StringComparison.Ordinal);
        yield return new("memory policy", !evictsLog, policy,
            "An allkeys- policy may evict the invalidation log, and every process then drops its entries: volatile-ttl or volatile-lru keeps it.");
        if (status.UsedBytes > status.MaxBytes * 0.9)
            yield return new("memory left", false, $"{Output.Size(status.UsedBytes)} of {Output.Size(status.MaxBytes)}", "More memory, or shorter times to live.");
    }

    private static Finding Clock(LogPage page, DateTimeOffset before, TimeSpan took)
    {
        long now = (before.Ticks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond + (long)(took.TotalMicroseconds / 2);
        long backend = page.Time > 0 ? page.Time : page.UpTo;
        long apart = Math.Abs(now - backend);
        return new("clock", apart < Second, apart < Second ? "as here" : string.Create(CultureInfo.InvariantCulture, $"{apart / (double)Second:0.#} s apart from this machine's"),
            "Nothing breaks, because the backend's clock counts everywhere; but have both follow NTP, so that logs can be compared.");
    }

    private sealed record Finding(string Check, bool IsWell, string Found, string Remedy)
    {
        public string? WayOut => IsWell ? null : Remedy;
    }
}
