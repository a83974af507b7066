using Microsoft.Extensions.Logging;

namespace CachedAttr.AspNetCore;

/// <summary>What is logged, with stable event ids; those of the core are below 100.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 101, EventName = "PagesNotMapped", Level = LogLevel.Error, Message = "The cache's pages at '{Path}' are not mapped: the environment is {Environment} and nobody has said who may see them. Add .RequireAuthorization() to MapCachedAttr, or .AllowAnonymous() if everyone may.")]
    public static partial void PagesNotMapped(this ILogger logger, string path, string environment);

    [LoggerMessage(EventId = 102, EventName = "ChangedByHand", Level = LogLevel.Information, Message = "{User} has asked the cache's page to {Action} '{Pattern}'.")]
    public static partial void ChangedByHand(this ILogger logger, string user, string action, string pattern);
}
