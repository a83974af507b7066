using System.Transactions;
using CachedAttr.Tests.Loading;

namespace CachedAttr.Tests.Freshness;

/// <summary>What the cache refreshes for itself is no part of its caller's transaction.</summary>
public sealed class RefreshTransactionTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly Cache _cache;

    public RefreshTransactionTests() => _cache = Cache.Create(options => options.TimeProvider = _time);

    [Fact]
    public async Task A_refresh_is_no_part_of_the_transaction_of_who_has_started_it()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 10, StaleWhileRevalidate = 20 });
        await method.GetAsync(1, "v1");
        _time.Advance(TimeSpan.FromSeconds(11));
        var ambient = new TaskCompletionSource<Transaction?>();
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            Assert.Equal("v1", await method.GetAsync(1, _ =>
            {
                ambient.SetResult(Transaction.Current);
                return new("v2");
            }));
            Assert.Null(await ambient.Task.WaitAsync(TimeSpan.FromSeconds(30)));
            await method.WhenIdleAsync();
        }
    }

    [Fact]
    public async Task A_refresh_runs_also_when_the_transaction_is_past_its_end()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 10, StaleWhileRevalidate = 20 });
        await method.GetAsync(1, "v1");
        _time.Advance(TimeSpan.FromSeconds(11));
        using (var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            transaction.Complete();
            Assert.Equal("v1", await method.GetAsync(1, "v2"));
        }

        await method.WhenIdleAsync();
        Assert.Equal("v2", await method.GetAsync(1, "v3"));
    }

    public void Dispose() => _cache.Dispose();
}
