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

    [LoggerMessage(EventId = 9, EventName = "WatchingFailed", Level = LogLevel.Warning, Message = "The backend '{Backend}' cannot tell of new invalidations; they are found by the heartbeat until it can.")]
    public static partial void WatchingFailed(this ILogger logger, string backend, Exception exception);

    [LoggerMessage(EventId = 10, EventName = "EntryTooLarge", Level = LogLevel.Warning, Message = "The value of '{Key}' takes {Size} bytes, which is over MaxEntrySize; it is kept in this process only.")]
    public static partial void EntryTooLarge(this ILogger logger, string key, int size);

    [LoggerMessage(EventId = 11, EventName = "SerializationFailed", Level = LogLevel.Error, Message = "The value of '{Key}', a {Type}, cannot be written for the backend; it is kept in this process only.")]
    public static partial void SerializationFailed(this ILogger logger, string key, string type, Exception exception);

    [LoggerMessage(EventId = 12, EventName = "NoSerializer", Level = LogLevel.Warning, Message = "Values of {Type} have no serializer, so '{Key}' is kept in this process only. Give CacheOptions.Serializers one, or use a type that a cached method returns.")]
    public static partial void NoSerializer(this ILogger logger, string type, string key);

    [LoggerMessage(EventId = 16, EventName = "WarmedUp", Level = LogLevel.Information, Message = "Warm-up: {Done} of {All} calls have ended, the last for {Service} after {Milliseconds} ms.")]
    public static partial void WarmedUp(this ILogger logger, int done, int all, string service, long milliseconds);

    [LoggerMessage(EventId = 17, EventName = "WarmUpFailed", Level = LogLevel.Warning, Message = "Warm-up: a call for {Service} has failed; its values are loaded when they are asked for.")]
    public static partial void WarmUpFailed(this ILogger logger, string service, Exception exception);

    [LoggerMessage(EventId = 15, EventName = "ForeignItems", Level = LogLevel.Error, Message = "{Method} was asked for {Asked} items and returned {Others} others: nothing is stored. A cached method that takes a collection and returns a dictionary is taken for one of many keys; give it a KeyBuilder if it is not.")]
    public static partial void ForeignItems(this ILogger logger, string method, int asked, int others);

    [LoggerMessage(EventId = 14, EventName = "AfterTransactionFailed", Level = LogLevel.Error, Message = "A transaction has been committed, and a change of the cache that was to follow it has failed. An invalidation holds in this process all the same, and the backend is told of it when it can be used again.")]
    public static partial void AfterTransactionFailed(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 13, EventName = "StaleServed", Level = LogLevel.Warning, Message = "A load of {Method} has failed; the stale value is served.")]
    public static partial void StaleServed(this ILogger logger, string method, Exception exception);

    [LoggerMessage(EventId = 18, EventName = "CopyingFailed", Level = LogLevel.Error, Message = "A {Type} cannot be written, and HybridCache has to give every caller a copy: it is not cached.")]
    public static partial void CopyingFailed(this ILogger logger, string type, Exception exception);
}
