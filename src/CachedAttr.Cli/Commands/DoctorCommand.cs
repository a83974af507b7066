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
    private const int Attempts = 5;

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
        var answer = await AskAsync(backend, call);
        for (int i = 1; i < Attempts; i++)
            answer = await AskAsync(backend, call) is var next && next.Took < answer.Took ? next : answer;
        var status = await backend.GetStatusAsync(call);
        return
        [
            new("connection", answer.Took < TimeSpan.FromMilliseconds(20), $"{status.Location} answers in {Output.Span(answer.Took)}",
                "Every miss waits this long: bring the backend closer, or keep values in this process for longer."),
            Version(status),
            .. string.Equals(status.Backend, "redis", StringComparison.Ordinal) ? Memory(status) : Size(status),
            Clock(answer),
            new("log", (status.LogRecords ?? 0) < 100_000, string.Create(CultureInfo.InvariantCulture, $"{status.LogRecords ?? 0:N0} records"),
                "Invalidate by pattern or tag in place of many single keys."),
        ];
    }

    // The fastest of a few: what a busy machine adds is not the backend's.
    private static async Task<Answer> AskAsync(ICacheBackend backend, BackendCall call)
    {
        var before = DateTimeOffset.UtcNow;
        long began = Stopwatch.GetTimestamp();
        var page = await backend.ReadLogAsync(LogPosition.None, call);
        return new(page, before, Stopwatch.GetElapsedTime(began));
    }

    private static Finding Version(BackendStatus status)
    {
        bool isOld = string.Equals(status.Backend, "redis", StringComparison.Ordinal) && System.Version.TryParse(status.Version, out var version) && version.Major < 6;
        return new("version", !isOld, $"{status.Backend} {status.Version}", "Redis 6 or newer is what the scripts are tested with.");
    }

    private static IEnumerable<Finding> Memory(BackendStatus status)
    {
        string policy = status.EvictionPolicy ?? "unknown";
        yield return new("memory limit", status.MaxBytes is not null, status.MaxBytes is { } most ? $"{Output.Size(status.UsedBytes)} of {Output.Size(most)}" : "none",
            "Set maxmemory, or a full machine ends the server.");
        yield return new("memory policy", !policy.StartsWith("allkeys", StringComparison.Ordinal), policy,
            "An allkeys- policy may evict the invalidation log, and every process then drops its entries: volatile-ttl or volatile-lru keeps it.");
        if (status.UsedBytes > status.MaxBytes * 0.9)
            yield return new("memory left", false, $"{Output.Size(status.UsedBytes)} of {Output.Size(status.MaxBytes)}", "More memory, or shorter times to live.");
        if (status.Details.TryGetValue("rdb_last_bgsave_status", out string? saved) && saved is not "ok")
            yield return new("persistence", false, $"the last snapshot: {saved}", "Redis may refuse writes until a snapshot succeeds (MISCONF): look at its log and disk, or switch snapshots off for a cache: save \"\".");
    }

    private static IEnumerable<Finding> Size(BackendStatus status)
    {
        yield return new("size", !(status.UsedBytes > status.MaxBytes * 0.9), status.MaxBytes is { } most ? $"{Output.Size(status.UsedBytes)} of {Output.Size(most)}" : $"{Output.Size(status.UsedBytes)}",
            "What was read longest ago is removed to make room: raise MaxBytes, or shorten times to live.");
    }

    private static Finding Clock(Answer answer)
    {
        long now = (answer.Before.Ticks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond + (long)(answer.Took.TotalMicroseconds / 2);
        long backend = answer.Page.Time > 0 ? answer.Page.Time : answer.Page.UpTo;
        long apart = Math.Abs(now - backend);
        return new("clock", apart < Second, apart < Second ? "as here" : string.Create(CultureInfo.InvariantCulture, $"{apart / (double)Second:0.#} s apart from this machine's"),
            "Nothing breaks, because the backend's clock counts everywhere; but have both follow NTP, so that logs can be compared.");
    }

    private sealed record Answer(LogPage Page, DateTimeOffset Before, TimeSpan Took);

    private sealed record Finding(string Check, bool IsWell, string Found, string Remedy)
    {
        public string? WayOut => IsWell ? null : Remedy;
    }
}
