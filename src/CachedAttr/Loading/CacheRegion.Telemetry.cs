using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Invalidation;
using CachedAttr.Local;
using CachedAttr.Serialization;
using CachedAttr.Telemetry;

namespace CachedAttr.Loading;

/// <content>What is counted, and told to who observes. None of it is on the way of a hit that is one at once, but for <see cref="_hits"/>.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    internal override MethodTelemetry Telemetry { get; }

    internal override CachedMethod Method => _method;

    internal override RegionSettings Settings => Volatile.Read(ref _settings);

    internal override long Evictions
    {
        get
        {
            lock (_store.Gate)
                return _store.Evictions;
        }
    }

    internal override CacheEntryInfo? Describe(ReadOnlySpan<char> key, bool withValue)
    {
        Cache.ThrowIfDisposed();
        var entry = TryRead(key, out var typed) ? FindExact(typed) : null;
        if (entry is null)
            return null;
        long now = _clock.Now;
        byte[]? payload = Payload(entry.Value);
        return new CacheEntryInfo
        {
            Key = key.ToString(),
            Method = _method.Name,
            Tiers = CacheTiers.Local,
            Age = entry.Age(now),
            Remaining = TimeSpan.FromTicks(entry.Expires - now),
            Stamp = entry.Stamp >> InvalidationLog.ExtraBits,
            Size = payload is null ? null : payload.Length + EntryHeader.Length,
            Tags = entry.Tags,
            Json = withValue && payload is not null ? Json(payload) : null,
        };
    }

    // What a serializer of the application's own writes need not be MessagePack; and some values cannot be written at all.
    private byte[]? Payload(TValue value)
    {
        try
        {
            var buffer = new System.Buffers.ArrayBufferWriter<byte>();
            (Serializer ?? _method.Serializer)?.Serialize(value, buffer);
            return buffer.WrittenCount == 0 ? null : buffer.WrittenSpan.ToArray();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static string? Json(byte[] payload)
    {
        try
        {
            return MessagePackJson.Write(new(payload), indented: true);
        }
        catch (MessagePackException)
        {
            return null;
        }
    }

    /// <summary>A call gets an entry of this process.</summary>
    private LocalEntry<TKey, TValue> Served(LocalEntry<TKey, TValue> entry)
    {
        long now = _clock.Now;
        bool isStale = entry.Details is not null && now >= entry.Expires;
        Telemetry.Hit();
        if (isStale)
            Telemetry.ServedStale();
        if (CacheScope.IsObserved)
        {
            CacheScope.Note(new CacheObservation(_method.Name, _method.KeyOf(entry.Key).Text, isStale ? CacheOutcome.Stale : CacheOutcome.Hit, CacheTiers.Local)
            {
                Age = entry.Age(now),
                Remaining = TimeSpan.FromTicks(entry.Expires - now),
            });
        }

        return entry;
    }

    /// <summary>A call waits for a load that another has begun.</summary>
    private void Joined(TKey key)
    {
        Telemetry.Join();
        if (CacheScope.IsObserved)
            CacheScope.Note(new CacheObservation(_method.Name, _method.KeyOf(key).Text, CacheOutcome.Joined, CacheTiers.None));
    }

    /// <summary>A call gets what the backend had.</summary>
    private void Fetched(Flight<TKey, TValue> flight, in Fetched<TValue> fetched, TKey key)
    {
        if (!flight.IsRefresh)
            _ = Fetched(CacheScope.IsObserved ? _method.KeyOf(key).Text : "", fetched);
    }

    private bool Fetched(string key, in Fetched<TValue> fetched)
    {
        Telemetry.BackendHit();
        if (!fetched.IsFresh)
            Telemetry.ServedStale();
        if (CacheScope.IsObserved)
        {
            CacheScope.Note(new CacheObservation(_method.Name, key, fetched.IsFresh ? CacheOutcome.Hit : CacheOutcome.Stale, CacheTiers.Backend)
            {
                Age = fetched.Age,
                Remaining = fetched.Remaining,
            });
        }

        return true;
    }

    /// <summary>A load begins.</summary>
    private LoadMeasurement BeginLoad(Flight<TKey, TValue> flight)
    {
        if (!flight.IsRefresh)
            Telemetry.Miss();
        return new(Cache.Meter, Telemetry, _method.Name, Cache.Options.TimeProvider);
    }

    /// <summary>A load has ended with a value.</summary>
    private void Loaded(ref LoadMeasurement measured, Flight<TKey, TValue> flight, TKey key)
    {
        measured.Succeeded();
        if (!flight.IsRefresh && CacheScope.IsObserved)
            CacheScope.Note(new CacheObservation(_method.Name, _method.KeyOf(key).Text, CacheOutcome.Miss, CacheTiers.None));
    }

    /// <summary>A call gets a value past its time, because its load failed or takes long.</summary>
    private TValue ServedStale(TKey key, TValue value)
    {
        Telemetry.ServedStale();
        if (CacheScope.IsObserved)
            CacheScope.Note(new CacheObservation(_method.Name, _method.KeyOf(key).Text, CacheOutcome.Stale, CacheTiers.None));
        return value;
    }

    /// <summary>A lookup has found nothing.</summary>
    /// <returns>False.</returns>
    private bool Missed(ReadOnlySpan<char> key, bool isLast)
    {
        if (!isLast)
            return false;
        Telemetry.Miss();
        if (CacheScope.IsObserved)
            CacheScope.Note(new CacheObservation(_method.Name, key.ToString(), CacheOutcome.Miss, CacheTiers.None));
        return false;
    }
}
