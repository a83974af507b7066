using System.Transactions;

namespace CachedAttr.Tests.Loading;

/// <summary>What fails after a commit stops nothing else.</summary>
public sealed class TransactionTests : IDisposable
{
    private readonly Cache _cache = Cache.Create();

    [Fact]
    public async Task What_cannot_be_stored_after_a_commit_keeps_no_invalidation_from_being_carried_out()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        await method.GetAsync(1, "v1");
        using (var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            await _cache.PutAsync("server:2", 42, ttl: null); // the method's values are strings
            await _cache.CarryOutAsync(InvalidateOn.Success, ["server:1"], []);
            transaction.Complete();
        }

        Assert.Equal("v2", await method.GetAsync(1, "v2"));
    }

    [Fact]
    public async Task What_changes_after_the_scope_was_completed_is_invalidated_at_once()
    {
        var method = new WatchedMethod(_cache, new() { Ttl = 600 });
        await method.GetAsync(1, "v1");
        using (var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            transaction.Complete(); // from here on it says nothing of itself, not even that it is there
            await _cache.CarryOutAsync(InvalidateOn.Success, ["server:1"], []);
            Assert.Equal("v2", await method.GetAsync(1, "v2"));
        }
    }

    public void Dispose() => _cache.Dispose();
}
