using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Closes multiplexers, also those that have never connected.</summary>
internal static class RedisClosing
{
    public static async Task CloseAsync(Task<ConnectionMultiplexer> connecting)
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
