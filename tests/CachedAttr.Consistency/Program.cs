using System.Text.Json;
using CachedAttr;
using CachedAttr.Backends;
using CachedAttr.Consistency;
using CachedAttr.Redis;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

// Runs until it is told to stop. Commands on standard input: "broken", "healthy", "stop" (no more reads and writes), "check" (how many items are stale),
// "report", "end".
var options = new NodeOptions(args);
using var truth = new Truth(options.Truth);
await using var cache = Cache.Create(cacheOptions =>
{
    cacheOptions.BackendFactory = settings => Backend(options, settings);
    cacheOptions.KeyPrefix = options.Prefix;
    cacheOptions.LoadTimeout = options.MaxLoad;
    cacheOptions.MaxTtl = 60;
    cacheOptions.DefaultTtl = 30;
    cacheOptions.LocalCapacity = options.LocalCapacity;
    cacheOptions.Coherence = options.IsStrict ? CacheCoherence.Strict : CacheCoherence.Bounded;
    cacheOptions.TimeProvider = options.ClockOffset == 0 ? TimeProvider.System : new WrongClock(TimeSpan.FromSeconds(options.ClockOffset));
    cacheOptions.LoggerFactory = LoggerFactory.Create(logging => logging.AddProvider(new ErrorStream()));
});
var node = new Node(options, cache, truth);
using var stop = new CancellationTokenSource();
var running = node.RunAsync(stop.Token);
Console.WriteLine("started");
while (await Console.In.ReadLineAsync() is { } command && command != "end")
{
    switch (command)
    {
        case "broken":
            node.IsHealthy = false;
            break;
        case "healthy":
            node.IsHealthy = true;
            break;
        case "stop":
            await stop.CancelAsync();
            await running;
            break;
        case "check":
            Console.WriteLine(await node.CountStaleAsync());
            continue;
        case "report":
            Console.WriteLine(JsonSerializer.Serialize(node.Report()));
            continue;
    }

    Console.WriteLine("ok");
}

await stop.CancelAsync();

static ICacheBackend Backend(NodeOptions options, BackendSettings settings)
{
    var multiplexer = ConnectionMultiplexer.Connect($"{options.Redis},abortConnect=false,connectTimeout=1000,syncTimeout=1000");
    var backend = new RedisBackend(settings, multiplexer);
    if (options.Guard.Length == 0)
        return backend;
    return new WeakenedBackend(
        backend,
        new RedisBackend(settings with { MaxLoad = TimeSpan.FromDays(1) }, multiplexer),
        options.Guard,
        async (key, _) => await multiplexer.GetDatabase().KeyDeleteAsync(BackendKey.Of(settings.KeyPrefix, key)));
}
