namespace CachedAttr.Backends;

/// <summary>The state of a backend; what one does not know is <see langword="null"/>.</summary>
public sealed record BackendStatus
{
    /// <summary>The backend's <see cref="ICacheBackend.Name"/>.</summary>
    public required string Backend { get; init; }

    /// <summary>The server, file or database, without anything secret.</summary>
    public string? Location { get; init; }

    /// <summary>The server's version.</summary>
    public string? Version { get; init; }

    /// <summary>Since when the server has been running.</summary>
    public TimeSpan? Uptime { get; init; }

    /// <summary>Bytes of memory or disk that are used.</summary>
    public long? UsedBytes { get; init; }

    /// <summary>How many bytes may be used.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>How many clients are connected.</summary>
    public int? Clients { get; init; }

    /// <summary>How many entries there are, an estimate where counting would be a scan.</summary>
    public long? Entries { get; init; }

    /// <summary>What is evicted when memory is full, in the backend's words.</summary>
    public string? EvictionPolicy { get; init; }

    /// <summary>How many records the invalidation log has.</summary>
    public long? LogRecords { get; init; }

    /// <summary>Anything else worth showing, by name.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
