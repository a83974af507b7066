using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CachedAttr.Backends;

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
            await _tier.UpdateAsync(many.Call).ConfigureAwait(false);

        var (own, joined, refreshed) = Decide(many, scope);
        if (refreshed.Count > 0)
            _ = InBackgroundAsync(async () =>
            {
                await RunManyAsync(many.InBackground(), refreshed, scope, CancellationToken.None).ConfigureAwait(false);
                return default!;
            });
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
                GiveUp(part.Flight, part.Key);
            throw;
        }
    }

    private (List<ManyPart<TItem>> Own, List<ManyPart<TItem>> Joined, List<ManyPart<TItem>> Refreshed) Decide<TItem>(ManyLoad<TItem> many, ScopeKind scope)
        where TItem : notnull
    {
        List<ManyPart<TItem>> own = [], joined = [], refreshed = [];
        foreach (var part in many.Items)
        {
            var step = Decide(part.Key, scope, many.Rule is not null, many.Call.IsSynchronous, out var entry, out var flight);
            var next = part with { Flight = flight! };
            if (step is NextStep.Serve or NextStep.Refresh)
                many.Add(part.Item, Read(entry!).Value);
            if (step == NextStep.Refresh)
                refreshed.Add(next);
            else if (step != NextStep.Serve)
                (step == NextStep.Join ? joined : own).Add(next);
        }

        return (own, joined, refreshed);
    }

    private async Task WaitForOwnAsync<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> own, ScopeKind scope)
        where TItem : notnull
    {
        using var abandoned = new CancellationTokenSource();
        var running = RunManyAsync(many, own, scope, abandoned.Token);
        try
        {
            await running.WaitAsync(many.Call.CancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (many.Call.CancellationToken.IsCancellationRequested && !running.IsCompleted)
        {
            // Others may wait for a part of it: then all of it goes on, because it is one load.
            bool isAwaited = false;
            foreach (var part in own)
            {
                GiveUp(part.Flight, part.Key);
                lock (_store.Gate)
                    isAwaited |= part.Flight.Waiters > 0;
            }

            if (!isAwaited)
                await abandoned.CancelAsync().ConfigureAwait(false);
            Forget(running);
            throw;
        }
    }

    private async Task WaitForOtherAsync<TItem>(ManyLoad<TItem> many, ManyPart<TItem> part)
        where TItem : notnull
    {
        try
        {
            if (!many.Call.IsSynchronous)
                many.Add(part.Item, await WaitAsync(part.Flight.Task, part.Flight, part.Key, many.Call.CancellationToken).ConfigureAwait(false));
            else if (part.Flight.OwnerThread != 0 && part.Flight.OwnerThread != Environment.CurrentManagedThreadId)
                many.Add(part.Item, part.Flight.Task.GetAwaiter().GetResult());
            else
                await LoadUncachedAsync(many, [part.Item], CancellationToken.None).ConfigureAwait(false); // as a single call does: see LoadCore
        }
        catch (NotThereException)
        {
            // The other load has found that there is none.
        }
    }

    private async Task RunManyAsync<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> parts, ScopeKind scope, CancellationToken abandoned)
        where TItem : notnull
    {
        var missing = parts;
        try
        {
            if (Serializer is not null && (scope & ScopeKind.Bypass) == ScopeKind.None)
                missing = await FetchManyAsync(many, parts, abandoned).ConfigureAwait(false);
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
        Cache.Logger.ForeignItems(_method.Name, loaded.Keys.First(item => !missing.Exists(part => part.Item.Equals(item))).ToString());
        foreach (var (item, value) in loaded)
            many.Add(item, value);
        return true;
    }

    private async ValueTask<List<ManyPart<TItem>>> FetchManyAsync<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> parts, CancellationToken abandoned)
        where TItem : notnull
    {
        var call = many.Call.IsSynchronous ? many.Call : BackendCall.Async(abandoned);
        var fetched = await _tier!.FetchManyAsync([.. parts.Select(part => KeyText(part.Key))], Serializer!, call).ConfigureAwait(false);
        var missing = new List<ManyPart<TItem>>();
        for (int i = 0; i < parts.Count; i++)
        {
            // One that is due is refreshed by the next call, which finds it here.
            if (fetched[i].Found && Use(parts[i].Flight, parts[i].Key, fetched[i], out _))
                many.Add(parts[i].Item, fetched[i].Value);
            else
                missing.Add(parts[i]);
        }

        return missing;
    }

    private async ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?> LoadLimitedAsync<TItem>(ManyLoad<TItem> many, List<ManyPart<TItem>> missing, CancellationToken abandoned)
        where TItem : notnull
    {
        long limit = Volatile.Read(ref _settings).LoadTimeout;
        var load = many.Load([.. missing.Select(part => part.Item)], new(null, abandoned));
        return limit == 0 || load.IsCompleted
            ? await load.ConfigureAwait(false)
            : await load.AsTask().WaitAsync(TimeSpan.FromTicks(limit), Cache.Options.TimeProvider, CancellationToken.None).ConfigureAwait(false);
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

        var rule = (scope & ScopeKind.NoStore) != ScopeKind.None ? StoreRule.Skip : value is null ? default : many.Rule?.Invoke(part.Item, value) ?? default;
        _ = Complete(part.Flight, part.Key, value!, rule, ttl: null, Serializer);
        many.Add(part.Item, value);
    }

    private static async Task LoadUncachedAsync<TItem>(ManyLoad<TItem> many, TItem[] items, CancellationToken cancellationToken)
        where TItem : notnull
    {
        foreach (var (item, value) in await many.Load(items, new(null, cancellationToken)).ConfigureAwait(false) ?? [])
            many.Add(item, value);
    }

    /// <summary>One call for many items.</summary>
    private sealed class ManyLoad<TItem>
        where TItem : notnull
    {
        public ManyLoad(
            IEnumerable<TItem>? items,
            Func<TItem, TKey> keyOf,
            Func<TItem[], CacheLoad<TValue>, ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?>> load,
            Func<TItem, TValue, StoreRule>? rule,
            BackendCall call)
            : this(load, rule, call) => Items = [.. (items ?? []).Where(item => item is not null).Distinct().Select(item => new ManyPart<TItem>(item, keyOf(item), null!))];

        private ManyLoad(
            Func<TItem[], CacheLoad<TValue>, ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?>> load, Func<TItem, TValue, StoreRule>? rule, BackendCall call) =>
            (Load, Rule, Call) = (load, rule, call);

        /// <summary>What is still to be found.</summary>
        public List<ManyPart<TItem>> Items { get; } = [];

        public Func<TItem[], CacheLoad<TValue>, ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?>> Load { get; }

        public Func<TItem, TValue, StoreRule>? Rule { get; }

        public BackendCall Call { get; }

        public Dictionary<TItem, TValue> Found { get; } = [];

        /// <summary>The same load for the cache itself: its caller has been served.</summary>
        public ManyLoad<TItem> InBackground() => new(Load, Rule, Call.IsSynchronous ? Call : BackendCall.Async());

        public void Add(TItem item, TValue? value)
        {
            if (value is not null)
                Found[item] = value;
        }

        public void TakeFound(TryFind find) => Items.RemoveAll(part =>
        {
            if (!find(part.Key, out var value))
                return false;
            Add(part.Item, value);
            return true;
        });
    }

    private delegate bool TryFind(TKey key, [MaybeNullWhen(false)] out TValue value);

    /// <summary>One of the items.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct ManyPart<TItem>(TItem Item, TKey Key, Flight<TKey, TValue> Flight);

    /// <summary>A load of many keys has not brought this one.</summary>
    private sealed class NotThereException() : KeyNotFoundException("The load of many keys has not brought this one.");
}
