using CachedAttr.Loading;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Tests.Loading;

public sealed class RegionSettingsTests
{
    [Theory]
    [InlineData(-5, "Service.Get says Ttl = -5, which is not a positive number of seconds; DefaultTtl is used.")]
    [InlineData(double.PositiveInfinity, "Service.Get says Ttl = Infinity, which is not a positive number of seconds; DefaultTtl is used.")]
    [InlineData(1e9, "Service.Get says Ttl = 1000000000 s, which is over MaxTtl; 86400 s are used.")]
    public async Task A_time_to_live_in_an_attribute_that_cannot_be_followed_is_logged_and_does_not_fail_the_call(double ttl, string message)
    {
        using var logs = new LogList();
        using var cache = Cache.Create(options => options.LoggerFactory = logs);
        var method = new TestMethod<string>(cache, new CachePolicy { Ttl = ttl });

        Assert.Equal("value", await method.GetAsync(1, "value"));

        Assert.True(method.IsCached(1));
        Assert.Equal(message, Assert.Single(logs.Messages));
    }

    [Fact]
    public void A_policy_that_is_not_configured_is_logged()
    {
        using var logs = new LogList();
        using var cache = Cache.Create(options => options.LoggerFactory = logs);

        _ = new TestMethod<string>(cache, policyName: "short");

        Assert.Equal("Service.Get names the policy 'short', which is not configured; the attribute's own numbers are used.", Assert.Single(logs.Messages));
    }

    [Fact]
    public void The_longest_time_to_live_bounds_all_others()
    {
        var settings = new RegionSettings { Enabled = true, Ttl = 10, NullTtl = 5, Capacity = 1, MaxLoad = 1, MaxTtl = 20 };

        Assert.Equal(10, settings.TimeToLive(isNull: false, own: null));
        Assert.Equal(5, settings.TimeToLive(isNull: true, own: null));
        Assert.Equal(20, settings.TimeToLive(isNull: false, TimeSpan.FromTicks(30)));
    }

    private sealed class LogList : ILoggerFactory, ILogger
    {
        public List<string> Messages { get; } = [];

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Messages.Add(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
