using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Interop;
using CachedAttr.Loading;
using CachedAttr.Serialization;
using CachedAttr.Telemetry;

namespace CachedAttr;

/// <content>Entries by hand, where there is a backend.</content>
public sealed partial class Cache
{
    /// <summary>Looks in this process.</summary>
    private CacheLookup<T> FindHere<T>(string key, out CacheRegion region)
    {
        CheckKey(key);
        region = Regions.Find(key, typeof(T));
        if (region is CacheRegion<T> typed)
            return typed.TryGet(key, out var value) ? new(true, value) : default;
        return region.TryGetObject(key, out object? boxed) && StoredCopy.TryRead<T>(boxed, out var copy) ? new(true, copy) : default;
    }

    private async ValueTask<CacheLookup<T>> FindAsync<T>(string key, BackendCall call)
    {
        CheckKey(key);
        var region = Regions.Find(key, typeof(T));
        if (region is CacheRegion<T> typed)
        {
            var lookup = await typed.FindAsync(key, typed.Serializer, call).ConfigureAwait(false);
            return new(lookup.Found, lookup.Value);
        }

        if (region is not CacheRegion<object?> byHand)
            return FindHere<T>(key, out _);
        var boxed = await byHand.FindAsync(key, SerializerByHand<T>(key), call).ConfigureAwait(false);
        if (!boxed.Found)
            return default;
        return boxed.Value is long number && CounterValue.TryConvert<T>(number, out var counter) ? new(true, counter)
            : StoredCopy.TryRead<T>(boxed.Value, out var value) ? new(true, value)
            : default;
    }

    private void SetHere<T>(string key, T value, TimeSpan? ttl, long? stamp, EntryNotes? notes)
    {
        CheckKey(key);
        CheckTtl(ttl);
        Regions.Write(key, typeof(T), (key, value, ttl, stamp, notes), static (region, set) =>
        {
            if (region is CacheRegion<T> typed)
                typed.Set(set.key, set.value, set.ttl, set.stamp, set.notes);
            else
                ByHand<T>(region, set.key).Set(set.key, set.value, set.ttl, set.stamp, set.notes);
            return true;
        });
    }

    private async ValueTask SetSharedAsync<T>(string key, T value, TimeSpan? ttl, EntryNotes? notes, BackendCall call)
    {
        ThrowIfDisposed();
        CheckKey(key);
        CheckTtl(ttl);
        var region = Regions.Find(key, typeof(T));
        var typed = region as CacheRegion<T>;
        var timeToLive = typed?.TimeToLive(value, ttl) ?? ByHand<T>(region, key).TimeToLive(value, ttl);

        // Others add to a number that was set by hand, and there is no record of it in the log: it is kept in the backend only.
        bool isCounter = typed is null && CounterValue.IsCounter<T>();
        long stamp = timeToLive <= TimeSpan.Zero || (typed is null ? SerializerOf<T>(key) : typed.Serializer) is not { } serializer
            ? await Backend!.InvalidateKeyAsync(key, call).ConfigureAwait(false)
            : await Backend!.PutAsync(
                key, value, serializer, new(timeToLive, timeToLive + (typed?.StaleWindow ?? default)), isCounter ? EntryFlags.Counter : EntryFlags.None, notes, call).ConfigureAwait(false);
        if (!isCounter)
            SetHere(key, value, ttl, stamp, notes);
    }

    /// <summary>Looks up a key for a caller who loads by itself what is not there.</summary>
    /// <returns>The value, and what <see cref="StoreLoadedAsync"/> needs: taken before anything is looked at, let alone loaded.</returns>
    internal async ValueTask<(CacheLookup<T> Lookup, LoadStart Start)> FindOrStartAsync<T>(string key, CancellationToken cancellationToken)
    {
        if (Backend is { IsUpToDate: false } backend)
            await backend.UpdateAsync(BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        var start = new LoadStart(Backend?.Follower.Epoch ?? 0, Log.Head, Clock.Now);
        return (await TryGetAsync<T>(key, cancellationToken).ConfigureAwait(false), start);
    }

    /// <summary>Stores what a caller has loaded under a key that no method has, unless it has been invalidated since the load began.</summary>
    internal async ValueTask StoreLoadedAsync<T>(string key, T value, TimeSpan ttl, string[] tags, LoadStart start)
    {
        CheckKey(key);
        CheckTtl(ttl);
        await ByHand<T>(Regions.Find(key, typeof(T)), key).StoreLoaded(key, value, start, StoreRule.Tagged(tags), ttl, SerializerByHand<T>(key)).ConfigureAwait(false);
    }

    private void FindManyHere<T>(IEnumerable<string> keys, Dictionary<string, T?> found, List<string>? missing)
    {
        foreach (string key in keys)
        {
            var lookup = FindHere<T>(key, out _);
            if (lookup.Found)
                found[key] = lookup.Value;
            else
                missing?.Add(key);
        }
    }

    private async ValueTask<TimeSpan?> FindTtlAsync(string key, BackendTier backend, BackendCall call)
    {
        if (!backend.IsUpToDate)
            await backend.UpdateAsync(call).ConfigureAwait(false);
        return Regions.Find(key, typeof(void)).RemainingTtl(key) ?? await backend.GetTimeToLiveAsync(key, call).ConfigureAwait(false);
    }

    private async ValueTask<IReadOnlyDictionary<string, T?>> FindManyAsync<T>(IEnumerable<string> keys, BackendTier backend, BackendCall call)
    {
        if (!backend.IsUpToDate)
            await backend.UpdateAsync(call).ConfigureAwait(false);
        var found = new Dictionary<string, T?>(StringComparer.Ordinal);
        var missing = new List<string>();
        FindManyHere(keys, found, missing);
        foreach (var group in missing.GroupBy(key => Regions.Find(key, typeof(T)) is CacheRegion<T> typed ? typed.Serializer : SerializerOf<T>(key)))
        {
            if (group.Key is not { } serializer)
                continue;
            string[] wanted = [.. group];
            var fetched = await backend.FetchManyAsync(wanted, serializer, call).ConfigureAwait(false);
            for (int i = 0; i < wanted.Length; i++)
            {
                var one = fetched[i];
                if (!one.IsFresh)
                    continue;
                found[wanted[i]] = one.Value;
                TakeIn(wanted[i], one);
            }
        }

        return found;
    }

    private void TakeIn<T>(string key, Fetched<T> fetched)
    {
        var region = Regions.Find(key, typeof(T));
        if (region is CacheRegion<T> typed)
            typed.TakeIn(key, fetched);
        else if (region is CacheRegion<object?> byHand)
            byHand.TakeIn(key, new Fetched<object?>(true, fetched.Value, fetched.Stamp, fetched.Remaining, fetched.IsCounter) { Age = fetched.Age, Notes = fetched.Notes, Asked = fetched.Asked });
    }

    private async ValueTask<long> IncrementSharedAsync(string key, long by, TimeSpan? ttl, BackendCall call)
    {
        ThrowIfDisposed();
        var timeToLive = ttl ?? TimeSpan.FromSeconds(Options.DefaultTtl);
        var longest = TimeSpan.FromSeconds(Options.MaxTtl);
        long value = await Backend!.IncrementAsync(key, by, timeToLive < longest ? timeToLive : longest, call).ConfigureAwait(false);
        Regions.Remove(key, long.MaxValue);
        return value;
    }

    private ICacheSerializer<T>? SerializerOf<T>(string key)
    {
        if (Backend is null)
            return null;
        if (Backend.Serializers.TryGet<T>(out var serializer))
            return serializer;
        if (Backend.Serializers.IsNews<T>())
            Logger.NoSerializer(typeof(T).ToString(), ShortKey.Of(key));
        return null;
    }

    private BoxedSerializer<T>? SerializerByHand<T>(string key) => SerializerOf<T>(key) is { } serializer ? new(serializer) : null;
}
