namespace CachedAttr.Database;

/// <summary>How far the status counts by itself.</summary>
internal static class StatusLimit
{
    /// <summary>Up to so many entries are counted exactly; of more the last sweep's count is told. Counting more would be a scan.</summary>
    public const int Exact = 10_000;
}
