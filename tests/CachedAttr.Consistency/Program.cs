using System.Text.Json;
using System.Threading.Channels;
using CachedAttr;
using CachedAttr.Consistency;
using Microsoft.Extensions.Logging;

// Runs until it is told to stop. Commands on standard input: "broken", "healthy", "trusted" (is the backend?), "stop" (no more reads and writes), "check" (how many items are stale),
// "report", "end"; and for drills "hold 5" (begin to load item 5, and stop after reading), "release 5" (and store), "read 5", "write 5", "write-group 5" (the item's group),
// "follow 0" (read the log).
// "host" and "write FILE SEED" are other programs: BackendHost, CrashWriter.
switch (args)
{
    case ["host"]:
        await BackendHost.RunAsync();
        return;
    case ["write", var file, var seed]:
        await CrashWriter.RunAsync(file, int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture));
        return;
}

var options = new NodeOptions(args);
using var truth = new Truth(options.Truth);
await using var cache = Cache.Create(cacheOptions =>
{
    cacheOptions.BackendFactory = settings => NodeBackend.Create(options, settings);
    cacheOptions.KeyPrefix = options.Prefix;
    cacheOptions.MaxLoad = options.MaxLoad;
    cacheOptions.MaxTtl = 60;
    cacheOptions.DefaultTtl = 30;
    cacheOptions.LocalCapacity = options.LocalCapacity;
    cacheOptions.Coherence = options.IsStrict ? CacheCoherence.Strict : CacheCoherence.Bounded;
    cacheOptions.TimeProvider = options is { ClockOffset: 0, IsFrozen: false }
        ? TimeProvider.System
        : new WrongClock(TimeSpan.FromSeconds(options.ClockOffset), options.IsFrozen);
    cacheOptions.HeartbeatInterval = options.Heartbeat;
    cacheOptions.LoggerFactory = LoggerFactory.Create(logging => logging.AddProvider(new ErrorStream()));
});
var node = new Node(options, cache, truth);
using var stop = new CancellationTokenSource();
var running = options.IsIdle ? Task.CompletedTask : node.RunAsync(stop.Token);
Console.WriteLine("started");

// On a thread of its own: reading standard input blocks, and the thread pool of a small machine has few threads to spare.
var commands = Channel.CreateUnbounded<string>();
new Thread(() =>
{
    while (Console.In.ReadLine() is { } line)
        commands.Writer.TryWrite(line);
    commands.Writer.Complete();
}) { IsBackground = true }.Start();
await foreach (string command in commands.Reader.ReadAllAsync())
{
    if (command == "end")
        break;
    switch (command)
    {
        case "broken":
            node.IsHealthy = false;
            break;
        case "healthy":
            node.IsHealthy = true;
            break;
        case "trusted":
            Console.WriteLine(node.IsTrusted ? "yes" : node.DescribeBackend());
            continue;
        case "stop":
            await stop.CancelAsync();
            await running;
            break;
        case "check":
            Console.WriteLine(await node.CountStaleAsync());
            continue;
        case var drill when drill.Split(' ') is [var what, var item]:
            Console.WriteLine(await node.DrillAsync(what, int.Parse(item, System.Globalization.CultureInfo.InvariantCulture)));
            continue;
        case "report":
            Console.WriteLine(JsonSerializer.Serialize(node.Report()));
            continue;
    }

    Console.WriteLine("ok");
}

await stop.CancelAsync();
