using Microsoft.Extensions.Logging;

namespace CachedAttr.Database;

/// <summary>What is logged, with stable event ids.</summary>
internal static partial class DatabaseLog
{
    [LoggerMessage(EventId = 200, EventName = "FileMovedAside", Level = LogLevel.Error, Message = "The cache's file '{Path}' cannot be used and is kept as '{Aside}'; a new one has begun: {Reason}")]
    public static partial void FileMovedAside(this ILogger logger, string path, string aside, string reason);

    [LoggerMessage(EventId = 201, EventName = "FileGone", Level = LogLevel.Warning, Message = "The cache's file '{Path}' was deleted or replaced by others; the one that is there now is used.")]
    public static partial void FileGone(this ILogger logger, string path);

    [LoggerMessage(EventId = 202, EventName = "DiskFull", Level = LogLevel.Error, Message = "There is no room on the disk of '{Path}'; the cache goes on without storing.")]
    public static partial void DiskFull(this ILogger logger, string path);

    [LoggerMessage(EventId = 203, EventName = "FileEmptied", Level = LogLevel.Error, Message = "There is no room for an invalidation on the disk of '{Path}'; the file was deleted and begun anew, which invalidates everything in it.")]
    public static partial void FileEmptied(this ILogger logger, string path);

    [LoggerMessage(EventId = 204, EventName = "SweepFailed", Level = LogLevel.Warning, Message = "Expired entries could not be removed from '{Location}'; it is tried again later: {Reason}")]
    public static partial void SweepFailed(this ILogger logger, string location, string reason);

    [LoggerMessage(EventId = 205, EventName = "Evicted", Level = LogLevel.Debug, Message = "{Entries} entries that had not been read for the longest time were removed from '{Location}', which had reached its bounds.")]
    public static partial void Evicted(this ILogger logger, long entries, string location);

    [LoggerMessage(EventId = 206, EventName = "SchemaMade", Level = LogLevel.Information, Message = "The cache's tables in '{Location}' were made or migrated to version {Version}.")]
    public static partial void SchemaMade(this ILogger logger, string location, int version);

    [LoggerMessage(EventId = 207, EventName = "ListeningLost", Level = LogLevel.Debug, Message = "The connection that listens for invalidations was lost: {Reason}")]
    public static partial void ListeningLost(this ILogger logger, string reason);

    [LoggerMessage(EventId = 208, EventName = "BatchSplit", Level = LogLevel.Debug, Message = "Several writes at once failed, and are done one by one: {Reason}")]
    public static partial void BatchSplit(this ILogger logger, string reason);
}
