using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Keys;
using CachedAttr.Telemetry;

namespace CachedAttr.Loading;

/// <summary>The regions of one cache: one for each cached method that has been called, and one for keys set by hand that no method has.</summary>
internal sealed class RegionTable : IFollowedStores, IDisposable
{
    private readonly Cache _cache;
    private readonly Lock _gate = new();
    private readonly StripedCounter.Source _hitCounters = new();
    private CacheRegion<TextKey, object?> _byHand = null!;
    private CacheOptions _options = null!;
    private CacheRegion[] _all = [];
    private CacheRegion?[] _byMethod = [];

    public RegionTable(Cache cache) => _cache = cache;

    /// <summary>Makes the region of keys that no method has, once the cache has its tiers.</summary>
    public void Open(CacheOptions options)
    {
        _options = options;
        var byHand = new CachedMethod<TextKey, object?>("CachedAttr.Cache", "ByHand", "{key**}", new TextKeyCodec("{key**}"));
        _byHand = new(_cache, byHand, options);
        _all = [_byHand];
    }

    /// <summary>All regions at this moment; the first is that of keys that no method has.</summary>
    public IReadOnlyList<CacheRegion> All => Volatile.Read(ref _all);

    /// <summary>The region of keys that no method has.</summary>
    public CacheRegion<object?> ByHand => _byHand;

    /// <summary>A counter for a region that is being made.</summary>
    public StripedCounter CreateHitCounter()
    {
        lock (_gate)
            return _hitCounters.Create();
    }

    /// <summary>The region of a method, made when it is first asked for.</summary>
    public CacheRegion<TKey, TValue> Of<TKey, TValue>(CachedMethod<TKey, TValue> method)
        where TKey : IEquatable<TKey>
    {
        var known = Volatile.Read(ref _byMethod);
        if (method.Index < known.Length && known[method.Index] is CacheRegion<TKey, TValue> region)
            return region;
        lock (_gate)
        {
            _cache.ThrowIfDisposed();
            if (method.Index < _byMethod.Length && _byMethod[method.Index] is CacheRegion<TKey, TValue> other)
                return other;
            var made = new CacheRegion<TKey, TValue>(_cache, method, _options);

            // In the table before the first load, so that no invalidation of what is loaded can pass it by.
            Volatile.Write(ref _all, [.. _all, made]);
            Adopt(made);
            Register(method, made);
            return made;
        }
    }

    /// <summary>The region in which a key's value of the given type is kept: that of the cached method whose key it is, if there is one.</summary>
    public CacheRegion Find(ReadOnlySpan<char> key, Type valueType)
    {
        CacheRegion? found = null;
        var all = Volatile.Read(ref _all);
        for (int i = 1; i < all.Length; i++)
        {
            if (!all[i].Owns(key))
                continue;
            if (all[i].ValueType == valueType)
                return all[i];
            found ??= all[i];
        }

        return found ?? _byHand;
    }

    /// <summary>Runs an action on a key's region; while it writes to the region of keys that no method has, no method can claim them.</summary>
    public TResult Write<TArgument, TResult>(string key, Type valueType, TArgument argument, Func<CacheRegion, TArgument, TResult> action)
        where TArgument : allows ref struct
    {
        var region = Find(key, valueType);
        if (!ReferenceEquals(region, _byHand))
            return action(region, argument);
        lock (_gate)
            return action(Find(key, valueType), argument);
    }

    /// <inheritdoc/>
    public void Require(KeyPattern pattern, long sequence)
    {
        foreach (var region in All)
            region.Require(pattern, sequence);
    }

    /// <inheritdoc/>
    public void RequireTags(long sequence)
    {
        foreach (var region in All)
            region.RequireTags(sequence);
    }

    /// <inheritdoc/>
    public bool Remove(string key, long sequence)
    {
        bool removed = false;
        IReadOnlyList<CacheRegion> regions;
        do
        {
            regions = All;
            foreach (var region in regions)
                removed |= region.Remove(key, sequence);
        }
        while (!ReferenceEquals(regions, All)); // a region that is new may have taken the entry over
        return removed;
    }

    /// <inheritdoc/>
    public void Heard(LogRecord record) => _cache.History.Heard(record);

    /// <inheritdoc/>
    public void DropAll()
    {
        IReadOnlyList<CacheRegion> regions;
        do
        {
            regions = All;
            foreach (var region in regions)
                region.Drop();
        }
        while (!ReferenceEquals(regions, All));
    }

    /// <summary>Takes over changed options.</summary>
    public void Apply(CacheOptions options)
    {
        lock (_gate)
        {
            _options = options;
            foreach (var region in _all)
                region.Apply(options);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var region in _all)
                region.Close();
        }
    }

    private void Register(CachedMethod method, CacheRegion region)
    {
        var table = _byMethod;
        if (method.Index >= table.Length)
            Array.Resize(ref table, Math.Max(method.Index + 1, table.Length * 2));
        Volatile.Write(ref table[method.Index], region);
        Volatile.Write(ref _byMethod, table);
    }

    /// <summary>Moves what was set by hand under a method's keys into that method's region, which is where everyone looks from now on.</summary>
    /// <remarks>
    /// Each entry moves in one step, under the lock of the region that it leaves. Removing a key goes through the regions in the order of the table, this one
    /// first, and again if the table has grown meanwhile: it finds the entry before or after the step.
    /// </remarks>
    private void Adopt<TKey, TValue>(CacheRegion<TKey, TValue> region)
        where TKey : IEquatable<TKey>
    {
        _byHand.MoveOut(entry =>
        {
            bool isValue = entry.Value is TValue || (entry.Value is null && default(TValue) is null);
            if (!isValue || !region.TryRead(entry.Key.Text, out var key))
                return false;
            region.Adopt(key, (TValue)entry.Value!, entry);
            return true;
        });
    }
}
