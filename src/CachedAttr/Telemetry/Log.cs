using Microsoft.Extensions.Logging;

namespace CachedAttr;

/// <summary>What is logged, with stable event ids.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1, EventName = "SettingsReloaded", Level = LogLevel.Information, Message = "The settings of the cache have been reloaded.")]
    public static partial void SettingsReloaded(this ILogger logger);

    [LoggerMessage(EventId = 2, EventName = "ReloadRefused", Level = LogLevel.Error, Message = "The changed settings of the cache are refused, the old ones stay in force: {Reason}")]
    public static partial void ReloadRefused(this ILogger logger, string reason);

    [LoggerMessage(EventId = 3, EventName = "TtlReplaced", Level = LogLevel.Error, Message = "{Method} says Ttl = {Ttl}, which is not a positive number of seconds; DefaultTtl is used.")]
    public static partial void TtlReplaced(this ILogger logger, string method, double ttl);

    [LoggerMessage(EventId = 4, EventName = "TtlShortened", Level = LogLevel.Warning, Message = "{Method} says Ttl = {Ttl} s, which is over MaxTtl; {MaxTtl} s are used.")]
    public static partial void TtlShortened(this ILogger logger, string method, double ttl, double maxTtl);

    [LoggerMessage(EventId = 5, EventName = "PolicyMissing", Level = LogLevel.Error, Message = "{Method} names the policy '{Policy}', which is not configured; the attribute's own numbers are used.")]
    public static partial void PolicyMissing(this ILogger logger, string method, string policy);

    [LoggerMessage(EventId = 6, EventName = "StoringFailed", Level = LogLevel.Error, Message = "A value of {Method} was loaded and could not be stored.")]
    public static partial void StoringFailed(this ILogger logger, string method, Exception exception);

    [LoggerMessage(EventId = 7, EventName = "BackendLost", Level = LogLevel.Warning, Message = "The backend '{Backend}' cannot be used; serving from this process and its loaders until it answers: {Reason}")]
    public static partial void BackendLost(this ILogger logger, string backend, string reason, Exception? exception);

    [LoggerMessage(EventId = 8, EventName = "BackendBack", Level = LogLevel.Information, Message = "The backend '{Backend}' answers, and has all invalidations of this process.")]
    public static partial void BackendBack(this ILogger logger, string backend);
}
