using CachedAttr.Local;

namespace CachedAttr.Loading;

/// <content>Values past their time: served while a load refreshes them, or because it fails. What has been invalidated is none of them.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    /// <summary>Begins the refresh of an entry that the backend had, unless one runs or the source is left alone.</summary>
    private Flight<TKey, TValue>? BeginRefresh(Flight<TKey, TValue> ended, TKey key, ScopeKind scope, bool synchronous)
    {
        if ((scope & ScopeKind.NoStore) != ScopeKind.None)
            return null; // it would be for nothing
        lock (_store.Gate)
        {
            long now = _clock.Now;
            return IsLoading(key) || now < ended.Stale?.Details?.RetryAt || now < _retryAt ? null : Start(key, synchronous, ended.Stale, isRefresh: true);
        }
    }

    /// <summary>Ends a flight whose load has failed: with the stale value if there is one, else with the exception.</summary>
    /// <returns>Whether there is a stale value.</returns>
    private bool Fail(Flight<TKey, TValue> flight, TKey key, Exception exception, out TValue stale)
    {
        stale = default!;
        try
        {
            bool served;
            lock (_store.Gate)
            {
                Leave(key, flight);
                served = !flight.IsAbandoned && TryUse(flight, out stale); // that its callers have left is no fault of its source
            }

            if (served)
            {
                Cache.Logger.StaleServed(_method.Name, exception);
                flight.SetResult(stale);
                return true;
            }
        }
        catch (Exception other)
        {
            Cache.Logger.StoringFailed(_method.Name, other); // the key's own code; what the load has thrown is what counts
        }

        flight.Fail(exception);
        return false;
    }

    /// <summary>Takes the stale value of a load that goes on, in place of waiting for it any longer.</summary>
    private bool TryServeStale(Flight<TKey, TValue> flight, out TValue stale)
    {
        lock (_store.Gate)
        {
            if (!TryUse(flight, out stale))
                return false;
            flight.Waiters++; // the cache itself: the load goes on, whoever leaves
            return true;
        }
    }

    /// <summary>The stale value of a flight, if it is still of use; its source is then left alone for a while.</summary>
    private bool TryUse(Flight<TKey, TValue> flight, out TValue stale)
    {
        stale = default!;
        if (flight.Stale is not { } entry || !IsValid(entry, EntryAge.LastResort))
            return false;

        // A load that may not be stored has been overtaken, by an invalidation or by a load that began later: what is in the store still holds.
        if (!flight.Storable && !ReferenceEquals(_store.Find(entry.Key), entry))
            return false;
        long retryAt = _clock.Now + _settings.RetryDelay;
        entry.Details?.RetryAt = retryAt;
        if (!_settings.UsesLocal)
            _retryAt = retryAt;
        stale = entry.Value;
        return true;
    }

    /// <summary>A sliding entry is read: it lives on, here, and in the backend before that would drop it.</summary>
    private void Renew(LocalEntry<TKey, TValue> entry)
    {
        var details = entry.Details!;
        long now = _clock.Now;
        details.IdleEnds = now + details.Sliding;
        if (now < details.TouchAt || Serializer is not { } serializer)
            return;

        // What is valid by the log as far as it is known now may be stored as of now. The log is read first: an exact key that comes later finds the entry here
        // no more, or its tombstone refuses what is stored.
        long epoch = _tier!.Follower.Epoch;
        long head = _log.Head;
        lock (_store.Gate)
        {
            if (now < details.TouchAt || !ReferenceEquals(_store.Find(entry.Key), entry) || !IsValid(entry))
                return;

            // All of the log, and not only what this region has been told of: the head may be that of a record which is on its way here.
            if (IsInvalidated(entry.Key, entry.Stamp) || _log.AreTagsInvalidated(entry.Tags, entry.Stamp))
                return;
            details.TouchAt = now + (details.Sliding / 4);
        }

        long left = entry.Expires - now;
        _ = _tier.Store(KeyText(entry.Key), entry.Value, serializer, new(epoch, head), Lifetime(left, 0), details.Notes, Telemetry);
    }
}
