using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CachedAttr.Backends;

/// <summary>What every backend is made with. Processes that share a prefix have the same.</summary>
public sealed record BackendSettings
{
    /// <summary>Stands before every key, log and lock in the backend: who has another sees nothing of them.</summary>
    public string KeyPrefix { get; init; } = "";

    /// <summary>The longest time between the beginning of a load and the storing of its result; exact keys are in the log that long. 30 s by default.</summary>
    public TimeSpan MaxLoad { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest time to live; patterns are in the log that long, and <see cref="MaxLoad"/>. A day by default.</summary>
    public TimeSpan MaxTimeToLive { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How many patterns and tags the log remembers at most; beyond that the oldest are forgotten, at the price of misses.</summary>
    public int MaxPatterns { get; init; } = 4096;

    /// <summary>How many exact keys the log remembers at most; beyond that the oldest are forgotten, at the price of misses.</summary>
    public int MaxKeys { get; init; } = 1_000_000;

    /// <summary>The clock of backends that have none of their own.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where to log.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>How long a tombstone lives: somewhat longer than anything that it has to keep out.</summary>
    public TimeSpan TombstoneTimeToLive => MaxLoad + TimeSpan.FromSeconds(5);
}
