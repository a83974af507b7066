using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Redis.Tests;

/// <summary>An application that starts before its Redis.</summary>
public sealed class LateRedisTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_cache_without_a_server_serves_from_its_loaders_says_so_once_and_joins_when_there_is_one()
    {
        await using var server = await RedisServer.StartAsync();
        server.Kill();
        var log = new Lines();
        await using var cache = Open(server, log);
        for (int i = 0; i < 20; i++)
            Assert.Equal("loaded", await cache.GetOrLoadAsync("k" + (i % 10), static _ => new ValueTask<string>("loaded")));
        await cache.InvalidateAsync("k*");
        Assert.Equal("again", await cache.GetOrLoadAsync("k1", static _ => new ValueTask<string>("again")));
        Assert.Equal((1, 0), (log.Count("BackendLost"), log.Count("BackendBack")));

        await server.StartAgainAsync();
        await UntilAsync(() => new(log.Count("BackendBack") > 0));
        await using var other = Open(server, new Lines());
        await other.SetAsync("greeting", "hello");
        await UntilAsync(async () => (await cache.TryGetAsync<string>("greeting")).Value == "hello");
    }

    private static Cache Open(RedisServer server, Lines log) => Cache.Create(options =>
    {
        options.LoggerFactory = log;
        options.KeyPrefix = "late:";
        options.BackendFactory = settings => RedisBackend.Create(settings, new RedisOptions { Connection = server.EndPoint });
    });

    private static async Task UntilAsync(Func<ValueTask<bool>> condition)
    {
        var limit = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(limit.Elapsed < Limit, "it did not happen");
            await Task.Delay(20);
        }
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        private readonly ConcurrentQueue<string?> _names = new();

        public int Count(string name) => _names.Count(logged => logged == name);

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _names.Enqueue(eventId.Name);

        public void Dispose()
        {
        }
    }
}
