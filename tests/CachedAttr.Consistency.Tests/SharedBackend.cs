using CachedAttr.Database.Tests;
using CachedAttr.Redis.Tests;

namespace CachedAttr.Consistency.Tests;

/// <summary>What the processes of a test share, and how they are told of it.</summary>
/// <param name="Argument">The argument of every process.</param>
/// <param name="Server">What is disposed with it.</param>
internal sealed record SharedBackend(string Argument, object Server) : IAsyncDisposable
{
    public static async Task<SharedBackend> RedisAsync()
    {
        var server = await RedisServer.StartAsync();
        return new("redis=" + server.EndPoint, server);
    }

    public static SharedBackend Sqlite()
    {
        var folder = new TemporaryFolder();
        return new("sqlite=" + folder.File, folder);
    }

    public static async Task<SharedBackend> PostgresAsync()
    {
        var server = await PostgresServer.StartAsync();
        return new("postgres=" + server.Connection, server);
    }

    public async ValueTask DisposeAsync()
    {
        if (Server is IAsyncDisposable server)
            await server.DisposeAsync();
        else
            ((IDisposable)Server).Dispose();
    }
}
