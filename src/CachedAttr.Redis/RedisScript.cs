using CachedAttr.Backends;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>A script that runs in the server as one step. The client loads it once for each server, and calls it by its hash (EVALSHA).</summary>
internal sealed class RedisScript
{
    public static readonly RedisScript Read = new("common", "log", "read");
    public static readonly RedisScript Invalidate = new("common", "log", "invalidate");
    public static readonly RedisScript Put = new("common", "log", "put");
    public static readonly RedisScript Set = new("common", "set");
    public static readonly RedisScript Block = new("common", "block");
    public static readonly RedisScript Settle = new("common", "settle");
    public static readonly RedisScript Remove = new("common", "remove");
    public static readonly RedisScript Increment = new("common", "increment");
    public static readonly RedisScript Renew = new("renew");
    public static readonly RedisScript Release = new("release");

    private readonly string _text;

    private RedisScript(params IEnumerable<string> parts) => _text = string.Concat(parts.Select(static part => Load(part + ".lua")));

    /// <summary>Runs the script, without a task if the call is to be over when it returns.</summary>
    public async ValueTask<RedisResult> RunAsync(IDatabase database, RedisKey[] keys, RedisValue[] values, BackendCall call)
    {
        try
        {
            return await OnceAsync(database, keys, values, call).ConfigureAwait(false);
        }
        catch (RedisServerException exception) when (exception.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            // Somebody has emptied the server's script cache. The client knows that now, and sends the text again.
            return await OnceAsync(database, keys, values, call).ConfigureAwait(false);
        }
    }

    private ValueTask<RedisResult> OnceAsync(IDatabase database, RedisKey[] keys, RedisValue[] values, BackendCall call) => call.IsSynchronous
        ? new(database.ScriptEvaluate(_text, keys, values))
        : database.ScriptEvaluateAsync(_text, keys, values).EndsWithAsync(call.CancellationToken);

    private static string Load(string name)
    {
        using var stream = typeof(RedisScript).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The script {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd() + "\n";
    }
}
