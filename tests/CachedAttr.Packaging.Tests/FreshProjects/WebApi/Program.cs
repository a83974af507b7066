using CachedAttr;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddCachedAttr(builder.Configuration).AddCachedAttrRedis();
builder.Services.AddSingleton<Servers>();
var app = builder.Build();
app.UseCacheStatusHeader();
app.MapCachedAttr("/cache").AllowAnonymous();
app.MapGet("/servers/{id:int}", (int id, Servers servers) => servers.GetServerAsync(id));
app.MapDelete("/servers/{id:int}", (int id, Servers servers) => servers.DeleteServerAsync(id));
await app.StartAsync();

using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
for (int i = 0; i < 2; i++)
    Console.WriteLine($"{await client.GetStringAsync("/servers/7")}");
await client.DeleteAsync("/servers/7");
Console.WriteLine(await client.GetStringAsync("/servers/7"));
using var again = await client.GetAsync("/servers/7");
Console.WriteLine(string.Join(", ", again.Headers.GetValues("Cache-Status")).Contains("hit", StringComparison.Ordinal));
Console.WriteLine((await client.GetStringAsync("/cache/status")).Contains("Servers.GetServerAsync", StringComparison.Ordinal));
await app.StopAsync();

public sealed record Server(int Id, int Load);

public sealed partial class Servers(Cache cache)
{
    private int _loads;

    [Cached("server:{id}", Ttl = 600)]
    public partial Task<Server> GetServerAsync(int id);

    private Task<Server> GetServerCoreAsync(int id) => Task.FromResult(new Server(id, ++_loads));

    [InvalidateCache("server:{id}")]
    public partial Task DeleteServerAsync(int id);

    private Task DeleteServerCoreAsync(int id) => Task.CompletedTask;
}
