using System.ComponentModel;
using System.Transactions;
using CachedAttr.Backends;
using CachedAttr.Keys;
using CachedAttr.Loading;

namespace CachedAttr;

/// <content>What methods that change something do: as soon as it holds, which within a transaction is when that is committed.</content>
public sealed partial class Cache
{
    /// <summary>Invalidates what an attribute says. Called by generated code.</summary>
    /// <param name="on">When the attribute takes effect.</param>
    /// <param name="patterns">Patterns.</param>
    /// <param name="tags">Tags.</param>
    /// <returns>A task that ends when the invalidation holds, or is registered with the transaction.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ValueTask CarryOutAsync(InvalidateOn on, ReadOnlySpan<string> patterns, ReadOnlySpan<string> tags)
    {
        InvalidationTarget[] what = [.. Parse(patterns), .. ParseKeys(tags, InvalidationKind.Tag)];
        if (what.Length == 0 || WaitsForTransaction(on, () => Invalidate(what)))
            return ValueTask.CompletedTask;
        if (Backend is not null)
            return Backend.InvalidateAsync(what, BackendCall.Async());
        InvalidateHere(what);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="CarryOutAsync"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void CarryOut(InvalidateOn on, ReadOnlySpan<string> patterns, ReadOnlySpan<string> tags)
    {
        InvalidationTarget[] what = [.. Parse(patterns), .. ParseKeys(tags, InvalidationKind.Tag)];
        if (what.Length > 0 && !WaitsForTransaction(on, () => Invalidate(what)))
            Invalidate(what);
    }

    /// <summary>Stores a method's result. Called by generated code.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="value">The result; <see langword="null"/> is not stored.</param>
    /// <param name="ttl">Time to live in seconds; <see langword="null"/>: that of the method whose key it is.</param>
    /// <param name="tags">Its tags.</param>
    /// <returns>A task that ends when it is stored, or registered with the transaction.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ValueTask PutAsync<T>(string key, T value, double? ttl, params string[] tags)
    {
        var time = ttl is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return value is null || WaitsForTransaction(InvalidateOn.Success, () => Set(key, value, time, tags)) ? ValueTask.CompletedTask : SetAsync(key, value, time, tags);
    }

    /// <inheritdoc cref="PutAsync"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void Put<T>(string key, T value, double? ttl, params string[] tags)
    {
        var time = ttl is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        if (value is not null && !WaitsForTransaction(InvalidateOn.Success, () => Set(key, value, time, tags)))
            Set(key, value, time, tags);
    }

    private void Invalidate(InvalidationTarget[] what)
    {
        if (Backend is null)
            InvalidateHere(what);
        else
            Ended(Backend.InvalidateAsync(what, BackendCall.Synchronous));
    }

    /// <summary>
    /// Leaves something to the end of the ambient transaction, if there is one: others see the old state until then, and would cache it again. In doubt it is done:
    /// too much is right, too little never.
    /// </summary>
    private bool WaitsForTransaction(InvalidateOn on, Action action)
    {
        if (on == InvalidateOn.Before || Ambient() is not { } transaction)
            return false;
        transaction.TransactionCompleted += (_, ended) =>
        {
            if (on == InvalidateOn.Always || ended.Transaction?.TransactionInformation.Status != TransactionStatus.Aborted)
                AfterTransaction(action);
        };
        return true;
    }

    // A scope past its Complete tells nobody which one it is any more.
    private static Transaction? Ambient()
    {
        try
        {
            return Transaction.Current;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // What is thrown here would come out of the transaction, which has been committed, and keep what others have left to its end from being done.
    private void AfterTransaction(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            Logger.AfterTransactionFailed(exception);
        }
    }
}
