using CachedAttr.Backends;
using CachedAttr.Coherence;

namespace CachedAttr.Loading;

/// <content>Many keys at once: each is an entry of its own, and those that are missing are loaded together.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    /// <summary>
    /// The values of many items. What the tiers have comes from there, from the backend in one round trip; the rest is loaded by one call, except what another
    /// call is loading already, which is waited for.
    /// </summary>
    /// <typeparam name="TItem">What stands for a key in the caller's terms.</typeparam>
    /// <typeparam name="TResult">The type of the result: a dictionary, or one of its interfaces.</typeparam>
    /// <param name="items">The items; repeated ones count once, <see langword="null"/> for none.</param>
    /// <param name="keyOf">The key of an item.</param>
    /// <param name="load">Loads the values of some of them. What it leaves out is not there.</param>
    /// <param name="rule">Whether a value is stored, and with which tags.</param>
    /// <param name="cancellationToken">Ends this caller's wait; the load as well, unless others wait for a part of it.</param>
    /// <returns>The values by item; an item without a value, or with <see langword="null"/>, is not in it.</returns>
    public async Task<TResult> LoadManyAsync<TItem, TResult>(
        IEnumerable<TItem>? items,
        Func<TItem, TKey> keyOf,
        Func<TItem[], CacheLoad<TValue>, ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?>> load,
        Func<TItem, TValue, StoreRule>? rule,
        CancellationToken cancellationToken)
        where TItem : notnull
        where TResult : class
    {
        var many = new ManyLoad<TItem>(items, keyOf, load, rule, BackendCall.Async(cancellationToken));
        await LoadManyCoreAsync(many).ConfigureAwait(false);
        return (TResult)(object)many.Found;
    }

    /// <summary>The same for methods that return <see cref="ValueTask{TResult}"/>.</summary>
    /// <inheritdoc cref="LoadManyAsync"/>
    public ValueTask<TResult> LoadManyValueAsync<TItem, TResult>(
        IEnumerable<TItem>? items,
        Func<TItem, TKey> keyOf,
        Func<TItem[], CacheLoad<TValue>, ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?>> load,
        Func<TItem, TValue, StoreRule>? rule,
        CancellationToken cancellationToken)
        where TItem : notnull
        where TResult : class => new(LoadManyAsync<TItem, TResult>(items, keyOf, load, rule, cancellationToken));

    /// <summary>The same without tasks.</summary>
    /// <inheritdoc cref="LoadManyAsync"/>
    public TResult LoadMany<TItem, TResult>(
        IEnumerable<TItem>? items,
        Func<TItem, TKey> keyOf,
        Func<TItem[], CacheLoad<TValue>, IEnumerable<KeyValuePair<TItem, TValue>>?> load,
        Func<TItem, TValue, StoreRule>? rule)
        where TItem : notnull
        where TResult : class
    {
        var many = new ManyLoad<TItem>(items, keyOf, (wanted, context) => new(load(wanted, context)), rule, BackendCall.Synchronous);
        LoadManyCoreAsync(many).GetAwaiter().GetResult(); // every step of it has ended when it returns
        return (TResult)(object)many.Found;
    }

    private async Task LoadManyCoreAsync<TItem>(ManyLoad<TItem> many)
        where TItem : notnull
    {
        Cache.ThrowIfDisposed();
        many.Call.CancellationToken.ThrowIfCancellationRequested();
        if (!Volatile.Read(ref _settings).Enabled)
        {
            await LoadUncachedAsync(many, [.. many.Items.Select(part => part.Item)], many.Call.CancellationToken).ConfigureAwait(false);
            return;
        }

        var scope = CacheScope.Current;
        if ((scope & ScopeKind.Bypass) == ScopeKind.None)
            many.TakeFound(TryGet);
        if (many.Items.Count == 0)
            return;
        if (_tier is { IsUpToDate: false } && Serializer is not null)
            await _tier.UpdateAndAskAsync(key: null, many.Call).ConfigureAwait(false);

        var (own, joined, refreshed) = Decide(many, scope);
        RefreshMany(many, refreshed, scope);
        int awaited = 0;
        try
        {
            if (own.Count > 0)
                await WaitForOwnAsync(many, own, scope).ConfigureAwait(false);
            while (awaited < joined.Count)
                await WaitForOtherAsync(many, joined[awaited++]).ConfigureAwait(false);
        }
        catch
        {
            foreach (var part in joined.Skip(awaited))
                GiveUp(part.Flight);
            throw;
        }
    }

    private (List<ManyPart<TItem>> Own, List<ManyPart<TItem>> Joined, List<ManyPart<TItem>> Refreshed) Decide<TItem>(ManyLoad<TItem> many, ScopeKind scope)
        where TItem : notnull
    {
        List<ManyPart<TItem>> own = [], joined = [], refreshed = [];
        try
        {
            foreach (var part in many.Items)
            {
                var step = Decide(part.Key, scope, many.Rule is not null, many.Call.IsSynchronous, out var entry, out var flight);
                if (step != NextStep.Serve)
                    (step == NextStep.Join ? joined : step == NextStep.Load ? own : refreshed).Add(part with { Flight = flight! });
                if (step is NextStep.Serve or NextStep.Refresh)
                    many.Add(part.Item, Read(entry!).Value);
            }
        }
        catch (Exception exception)
        {
            // A key's own code can throw. Loads that have been promised for other keys would never begin.
            foreach (var part in own.Concat(refreshed))
                _ = Fail(part.Flight, part.Key, exception, out _);
            foreach (var part in joined)
                GiveUp(part.Flight);
            throw;
        }

        return (own, joined, refreshed);
    }

    private async Task WaitForOwnAsync<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> own, ScopeKind scope)
        where TItem : notnull
    {
        // Others may wait for a part of it: then all of it goes on, because it is one load, until the last of them has gone. So its source outlives this call.
        var abandoned = new CancellationTokenSource();
        if (many.Call.CancellationToken.CanBeCanceled)
            LinkFlights(own, abandoned);

        var running = RunManyAsync(many, own, scope, abandoned);
        try
        {
            await running.WaitAsync(many.Call.CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (many.Call.CancellationToken.IsCancellationRequested && !running.IsCompleted)
        {
            running.Forget();
            foreach (var part in own)
                GiveUp(part.Flight);
            throw;
        }
    }

    private void LinkFlights<TItem>(List<ManyPart<TItem>> parts, CancellationTokenSource abandoned)
    {
        var all = new ManyFlights([.. parts.Select(part => part.Flight)], abandoned);
        lock (_store.Gate)
        {
            foreach (var part in parts)
                part.Flight.Others = all;
        }
    }

    private async Task WaitForOtherAsync<TItem>(ManyLoad<TItem> many, ManyPart<TItem> part)
        where TItem : notnull
    {
        try
        {
            if (!many.Call.IsSynchronous && !LoadChain.Contains(part.Flight.Load))
                many.Add(part.Item, await WaitAsync(part.Flight.Task, part.Flight, part.Key, many.Call.CancellationToken).ConfigureAwait(false));
            else if (many.Call.IsSynchronous && part.Flight.OwnerThread != 0 && part.Flight.OwnerThread != Environment.CurrentManagedThreadId)
                many.Add(part.Item, part.Flight.Task.GetAwaiter().GetResult());
            else
                await LoadAloneAsync(many, part).ConfigureAwait(false);
        }
        catch (NotThereException)
        {
            // The other load has found that there is none.
        }
    }

    // As a single call does: see LoadCore.
    private Task LoadAloneAsync<TItem>(ManyLoad<TItem> many, ManyPart<TItem> part)
        where TItem : notnull
    {
        GiveUp(part.Flight);
        return LoadUncachedAsync(many, [part.Item], many.Call.CancellationToken);
    }

    private async Task RunManyAsync<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> parts, ScopeKind scope, CancellationTokenSource abandoned)
        where TItem : notnull
    {
        var missing = parts;
        foreach (var part in parts)
        {
            part.Flight.Load = parts[0].Flight.Load;
            if (many.Call.IsSynchronous)
                part.Flight.OwnerThread = Environment.CurrentManagedThreadId;
        }

        try
        {
            if (Serializer is not null && (scope & ScopeKind.Bypass) == ScopeKind.None)
                missing = await FetchManyAsync(many, parts, scope, abandoned.Token).ConfigureAwait(false);
            if (missing.Count == 0)
                return;
            var loaded = new Dictionary<TItem, TValue>();
            foreach (var (item, value) in await LoadLimitedAsync(many, missing, abandoned).ConfigureAwait(false) ?? [])
                loaded[item] = value;
            if (IsForeign(many, missing, loaded))
                scope |= ScopeKind.NoStore;
            foreach (var part in missing)
                Complete(many, part, loaded, scope);
        }
        catch (Exception exception)
        {
            bool isHelped = true;
            foreach (var part in missing.Where(part => !part.Flight.Task.IsCompleted))
            {
                if (Fail(part.Flight, part.Key, exception, out var stale))
                    many.Add(part.Item, stale);
                else
                    isHelped = false;
            }

            if (!isHelped)
                throw;
        }
    }

    /// <summary>
    /// Whether a loader returns what it was not asked for: then its dictionary is not one of its items, and nothing of it can be stored by item. The caller gets
    /// all of it.
    /// </summary>
    private bool IsForeign<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> missing, Dictionary<TItem, TValue> loaded)
        where TItem : notnull
    {
        int asked = missing.Count(part => loaded.ContainsKey(part.Item));
        if (asked == loaded.Count)
            return false;

        // Which they are is not told: an item is an argument, and may be nobody's business.
        Cache.Logger.ForeignItems(_method.Name, missing.Count, loaded.Count - asked);
        foreach (var (item, value) in loaded)
            many.Add(item, value);
        return true;
    }

    private async ValueTask<List<ManyPart<TItem>>> FetchManyAsync<TItem>(
        ManyLoad<TItem> many, List<ManyPart<TItem>> parts, ScopeKind scope, CancellationToken abandoned)
        where TItem : notnull
    {
        var call = many.Call.IsSynchronous ? many.Call : BackendCall.Async(abandoned);
        string[] keys = [.. parts.Select(part => KeyText(part.Key))];
        var fetched = await _tier!.FetchManyAsync(keys, Serializer!, call).ConfigureAwait(false);
        List<ManyPart<TItem>> missing = [], due = [];
        for (int i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            var one = fetched[i];
            if (!Use(part.Flight, part.Key, one, out bool isDue))
            {
                missing.Add(part);
                continue;
            }

            many.Add(part.Item, one.Value);
            if (isDue && BeginRefresh(part.Flight, part.Key, scope, many.Call.IsSynchronous) is { } refresh)
                due.Add(part with { Flight = refresh });
        }

        RefreshMany(many, due, scope);
        return missing;
    }

    private async ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?> LoadLimitedAsync<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> missing, CancellationTokenSource abandoned)
        where TItem : notnull
    {
        LoadChain.Enter(missing[0].Flight.Load);
        long limit = Volatile.Read(ref _settings).LoadTimeout;
        var load = many.Load([.. missing.Select(part => part.Item)], new(null, abandoned.Token));
        return limit == 0 || load.IsCompleted
            ? await load.ConfigureAwait(false)
            : await WithinAsync(limit, load.AsTask(), abandoned.Cancel).ConfigureAwait(false);
    }

    private void Complete<TItem>(ManyLoad<TItem> many, ManyPart<TItem> part, Dictionary<TItem, TValue> loaded, ScopeKind scope)
        where TItem : notnull
    {
        if (!loaded.TryGetValue(part.Item, out var value) && default(TValue) is not null)
        {
            // No value of this type says that there is none, so nothing can be stored. Who waits for this one key loads it by himself.
            lock (_store.Gate)
                Leave(part.Key, part.Flight);
            part.Flight.Fail(new NotThereException());
            return;
        }

        var rule = (scope & ScopeKind.NoStore) != ScopeKind.None ? StoreRule.Leave : value is null ? default : many.Rule?.Invoke(part.Item, value) ?? default;
        _ = Complete(part.Flight, part.Key, value!, rule, ttl: null, Serializer);
        many.Add(part.Item, value);
    }

    private static async Task LoadUncachedAsync<TItem>(ManyLoad<TItem> many, TItem[] items, CancellationToken cancellationToken)
        where TItem : notnull
    {
        foreach (var (item, value) in await many.Load(items, new(null, cancellationToken)).ConfigureAwait(false) ?? [])
            many.Add(item, value);
    }
}
