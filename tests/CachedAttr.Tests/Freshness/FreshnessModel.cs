namespace CachedAttr.Tests.Freshness;

/// <summary>
/// What docs/freshness.md says, as plainly as it can be written: one cached method, one caller at a time, and loads that take no time. Times are whole seconds.
/// </summary>
internal sealed class FreshnessModel(CachePolicy policy, int retryDelay)
{
    private readonly Dictionary<int, Entry> _entries = [];
    private long _now;

    /// <summary>How often the source was asked.</summary>
    public int Loads { get; private set; }

    /// <summary>Whether the source fails, and whether what it has is null.</summary>
    public bool Fails { get; set; }

    public bool IsEmpty { get; set; }

    public void Advance(int seconds) => _now += seconds;

    public void Remove(int key) => _entries.Remove(key);

    public void Clear() => _entries.Clear();

    public void Set(int key, string? value) => Store(key, value);

    /// <summary>What a caller gets; "failed" for an exception.</summary>
    public string? Call(int key)
    {
        var entry = _entries.GetValueOrDefault(key);
        if (entry is null || _now >= entry.Ends)
            return TryLoad(key, out string? loaded) ? loaded : "failed";
        bool isLeftAlone = _now < entry.RetryAt;
        if (_now < Math.Min(entry.Due, entry.Expires) || isLeftAlone)
            return Read(entry);
        if (_now < Math.Max(entry.Expires, entry.RevalidateUntil))
        {
            string? served = Read(entry); // and then, in the background:
            if (!TryLoad(key, out _))
                entry.RetryAt = _now + retryDelay;
            return served;
        }

        if (TryLoad(key, out string? fresh))
            return fresh;
        entry.RetryAt = _now + retryDelay;
        return entry.Value;
    }

    private string? Read(Entry entry)
    {
        if (policy.Sliding is { } sliding)
            entry.IdleEnds = _now + sliding;
        return entry.Value;
    }

    private bool TryLoad(int key, out string? value)
    {
        Loads++;
        value = IsEmpty ? null : $"v{Loads}";
        if (Fails)
            return false;
        Store(key, value);
        return true;
    }

    private void Store(int key, string? value)
    {
        double ttl = value is null ? policy.NullTtl ?? policy.Ttl!.Value : policy.Ttl!.Value;
        if (ttl == 0)
            _entries.Remove(key);
        else
            _entries[key] = new(value, _now, ttl, policy);
    }

    private sealed class Entry(string? value, long created, double ttl, CachePolicy policy)
    {
        public string? Value { get; } = value;

        public double Expires { get; } = created + ttl;

        public double Due { get; } = policy.RefreshAhead is { } part ? created + ttl * part : double.MaxValue;

        public double RevalidateUntil { get; } = created + ttl + (policy.StaleWhileRevalidate ?? 0);

        public double IdleEnds { get; set; } = created + (policy.Sliding ?? double.MaxValue);

        public double RetryAt { get; set; } = double.MinValue;

        public double Ends => Math.Min(IdleEnds, Math.Max(RevalidateUntil, Expires + (policy.StaleIfError ?? 0)));
    }
}
