using System.Transactions;

namespace CachedAttr.Loading;

/// <content>Loads that nobody waits for.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    /// <summary>Refreshes without anybody waiting: it begins on the thread pool, because a loader may do much before it first waits.</summary>
    private void RefreshAsync<TState>(
        Flight<TKey, TValue> flight, TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, ValueTask<TValue>>, TValue> request)
    {
        request = request with { Entry = null };
        var token = _settings.LoadTimeout > 0 ? flight.Abandoned : CancellationToken.None;
        _ = InBackgroundAsync(() => RunAsync(flight, key, request, token));
    }

    /// <summary>The same without tasks: the thread that loads is one of the pool, and not the caller's.</summary>
    private void Refresh<TState>(Flight<TKey, TValue> flight, TKey key, LoadRequest<TState, Func<TState, CacheLoad<TValue>, TValue>, TValue> request) =>
        _ = InBackgroundAsync(() => Task.FromResult(Run(flight, key, request)));

    /// <summary>Refreshes many keys by one load.</summary>
    private void RefreshMany<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> parts, ScopeKind scope)
        where TItem : notnull
    {
        if (parts.Count == 0)
            return;
        _ = InBackgroundAsync(async () =>
        {
            await RunManyAsync(many.InBackground(), parts, scope, new()).ConfigureAwait(false);
            return default!;
        });
    }

    private async Task InBackgroundAsync(Func<Task<TValue>> load)
    {
        Interlocked.Increment(ref _refreshing);
        try
        {
            await Task.Run(async () =>
            {
                using var none = LeaveTransaction();
                await load().ConfigureAwait(false);
            }).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Logged where a stale value took its place; the next read tries again.
        }
        finally
        {
            Interlocked.Decrement(ref _refreshing);
        }
    }

    /// <summary>The transaction of who happened to start a refresh is none of its own, and may have ended by then.</summary>
    private static TransactionScope? LeaveTransaction()
    {
        try
        {
            return new(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        }
        catch (InvalidOperationException)
        {
            return null; // it is past its Complete, where there is none any more
        }
    }
}
