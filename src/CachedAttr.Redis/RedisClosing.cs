using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Closes multiplexers, also those that have never connected.</summary>
internal static class RedisClosing
{
    /// <summary>Closes what is connected; what is still connecting is closed when it has ended, and not waited for.</summary>
    public static Task CloseAsync(Task<ConnectionMultiplexer> connecting)
    {
        var closing = WhenConnectedAsync(connecting);
        return connecting.IsCompleted ? closing : Task.CompletedTask;
    }

    private static async Task WhenConnectedAsync(Task<ConnectionMultiplexer> connecting)
    {
        try
        {
            var multiplexer = await connecting.ConfigureAwait(false);
            await multiplexer.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
            multiplexer.Dispose();
        }
        catch (Exception exception) when (exception is RedisException or ObjectDisposedException)
        {
            // It was never there, or is gone.
        }
    }
}
