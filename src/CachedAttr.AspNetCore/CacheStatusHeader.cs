using System.Globalization;
using System.Text;
using CachedAttr.Telemetry;

namespace CachedAttr.AspNetCore;

/// <summary>Writes observations as the members of a <c>Cache-Status</c> header (RFC 9211), which is a list of structured fields (RFC 8941).</summary>
internal static class CacheStatusHeader
{
    /// <summary>How many calls are written at most, so that no proxy refuses the response for its headers.</summary>
    public const int MaxMembers = 20;

    public static string? Format(IReadOnlyList<CacheObservation> calls, bool withKeys)
    {
        if (calls.Count == 0)
            return null;
        var text = new StringBuilder();
        foreach (var call in calls.Take(MaxMembers))
        {
            if (text.Length > 0)
                text.Append(", ");
            Append(text, call, withKeys);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, CacheObservation call, bool withKeys)
    {
        text.Append("CachedAttr");
        text.Append(call.Outcome switch
        {
            CacheOutcome.Hit or CacheOutcome.Stale => "; hit",
            CacheOutcome.Joined => "; fwd=miss; collapsed",
            _ => "; fwd=miss",
        });
        if (call.Remaining is { } remaining)
            text.Append(CultureInfo.InvariantCulture, $"; ttl={(long)Math.Floor(remaining.TotalSeconds)}");
        if (withKeys)
            Append(text, "key", call.ShortKey);
        Append(text, "detail", call.Tier == CacheTiers.None ? call.Method : $"{call.Method} {call.Tier.ToString().ToLowerInvariant()}");
    }

    // A string of structured fields is ASCII without control characters; what is not is shown as a question mark.
    private static void Append(StringBuilder text, string name, string value)
    {
        text.Append("; ").Append(name).Append("=\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\');
            text.Append(c is >= ' ' and <= '~' ? c : '?');
        }

        text.Append('"');
    }
}
