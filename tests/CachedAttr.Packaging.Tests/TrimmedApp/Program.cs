using CachedAttr;
using CachedAttr.Backends;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// Two caches over one backend: what one has loaded, the other decodes.
var store = new MemoryBackend();
await using var first = Cache.Create(options => options.BackendFactory = _ => store);
await using var second = Cache.Create(options => options.BackendFactory = _ => store);

var server = await new TrimmedApp.Servers(first).GetAsync(7);
await first.SetAsync("by:hand", "text");
while (await store.GetTimeToLiveAsync("server:7", BackendCall.Async()) is null)
    await Task.Yield(); // it is on its way
var shared = new TrimmedApp.Servers(second);
var decoded = await shared.GetAsync(7);
Console.WriteLine($"{TrimmedApp.Servers.Loads} load; equal: {decoded.Name == server.Name && decoded.Tags.SequenceEqual(server.Tags) && decoded.Seen == server.Seen}; by hand: {await second.GetAsync<string>("by:hand")}");
await shared.RenameAsync(7);
Console.WriteLine($"after invalidation: {(await new TrimmedApp.Servers(first).GetAsync(7)).Name}, {TrimmedApp.Servers.Loads} loads");

// The same by dependency injection, with settings from configuration.
var settings = new Dictionary<string, string?> { ["CachedAttr:DefaultTtl"] = "77", ["CachedAttr:Methods:Servers.GetAsync:Ttl"] = "5" };
var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
await using var services = new ServiceCollection().AddCachedAttr(configuration).AddSingleton<TrimmedApp.Servers>().BuildServiceProvider();
var injected = services.GetRequiredService<TrimmedApp.Servers>();
bool isCached = ReferenceEquals(await injected.GetAsync(7), await injected.GetAsync(7));
Console.WriteLine($"injected: {isCached}; configured: {services.GetRequiredService<Cache>().GetStatus().DefaultTtl.TotalSeconds} s");

namespace TrimmedApp
{
    internal sealed record Server(int Id, string Name, IReadOnlyList<string> Tags, DateTimeOffset Seen)
    {
        public Dictionary<string, decimal> Prices { get; init; } = [];

        public Server? Parent { get; init; }
    }

    internal sealed partial class Servers(Cache cache)
    {
        private static string _name = "alpha";
        private static int _loads;

        public static int Loads => _loads;

        [Cached("server:{id}", Ttl = 600)]
        public partial Task<Server> GetAsync(int id);

        private Task<Server> GetCoreAsync(int id)
        {
            Interlocked.Increment(ref _loads);
            return Task.FromResult(new Server(id, _name, ["a", "b"], DateTimeOffset.UnixEpoch) { Prices = { ["x"] = 1.5m }, Parent = new(1, "root", [], default) });
        }

        [InvalidateCache("server:{id}")]
        public partial Task RenameAsync(int id);

        private Task RenameCoreAsync(int id)
        {
            _name = "beta" + id;
            return Task.CompletedTask;
        }
    }
}
