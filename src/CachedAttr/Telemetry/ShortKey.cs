namespace CachedAttr.Telemetry;

/// <summary>A key as it is told where nobody has asked for it: in logs and headers.</summary>
internal static class ShortKey
{
    private const int MaxLength = 40;

    /// <summary>
    /// The head of a key says what it is of; what stands further behind may be long, and nobody's business. Line breaks, which a key set by hand may have, would
    /// make one line of a log look like two.
    /// </summary>
    public static string Of(string key)
    {
        string shown = key.Length <= MaxLength ? key : string.Concat(key.AsSpan(0, MaxLength), "…");
        return shown.AsSpan().ContainsAnyInRange('\0', '\x1F') ? string.Concat(shown.Select(static c => c < ' ' ? '·' : c)) : shown;
    }
}
