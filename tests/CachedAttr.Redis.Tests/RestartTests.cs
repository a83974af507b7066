using CachedAttr.Backends;

namespace CachedAttr.Redis.Tests;

/// <summary>A server that comes back with less than it had.</summary>
public sealed class RestartTests
{
    private static readonly InvalidationTarget Before = new(InvalidationKind.Pattern, "before:*");
    private static readonly InvalidationTarget After = new(InvalidationKind.Pattern, "after:*");

    [Fact]
    public async Task A_log_that_came_back_empty_has_another_epoch()
    {
        await using var server = await RedisServer.StartAsync();
        var page = await WithAsync(server, static backend => backend.InvalidateAsync([Before], LogPosition.None, BackendCall.Async()));
        server.Kill();
        await server.StartAgainAsync();
        var again = await WithAsync(server, backend => backend.ReadLogAsync(page.End, BackendCall.Async()));
        Assert.NotEqual(page.Epoch, again.Epoch);
        Assert.Empty(again.Records);
    }

    [Fact]
    public async Task A_log_that_came_back_whole_goes_on()
    {
        await using var server = await RedisServer.StartAsync();
        var page = await WithAsync(server, static backend => backend.InvalidateAsync([Before], LogPosition.None, BackendCall.Async()));
        await server.CommandAsync("SAVE");
        server.Kill();
        await server.StartAgainAsync();
        var again = await WithAsync(server, backend => backend.InvalidateAsync([After], page.End, BackendCall.Async()));
        Assert.Equal((page.Epoch, page.End.Sequence), (again.Epoch, again.After));
        Assert.Equal([After], again.Records.Select(static record => record.What));
    }

    [Fact]
    public async Task A_log_that_came_back_from_an_old_snapshot_has_another_epoch_because_someone_has_seen_more()
    {
        await using var server = await RedisServer.StartAsync();
        await WithAsync(server, static backend => backend.InvalidateAsync([Before], LogPosition.None, BackendCall.Async()));
        await server.CommandAsync("SAVE");
        var lost = await WithAsync(server, static backend => backend.InvalidateAsync([After], LogPosition.None, BackendCall.Async()));
        server.Kill();
        await server.StartAgainAsync();
        var again = await WithAsync(server, backend => backend.ReadLogAsync(lost.End, BackendCall.Async()));
        Assert.NotEqual(lost.Epoch, again.Epoch);
        Assert.Equal(0, again.After);
        Assert.Equal(again.Epoch, (await WithAsync(server, backend => backend.ReadLogAsync(again.End, BackendCall.Async()))).Epoch);
    }

    private static async Task<LogPage> WithAsync(RedisServer server, Func<RedisBackend, ValueTask<LogPage>> call)
    {
        await using var backend = RedisBackend.Create(new BackendSettings { KeyPrefix = "restart:" }, new RedisOptions { Connection = "redis://" + server.EndPoint });
        return await call(backend);
    }
}
