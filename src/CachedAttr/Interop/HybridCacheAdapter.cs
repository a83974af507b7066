using System.Collections.Concurrent;
using System.Text.Json;
using CachedAttr.Backends;
using CachedAttr.Coherence;
using CachedAttr.Loading;
using CachedAttr.Serialization;
using CachedAttr.Telemetry;
using Microsoft.Extensions.Caching.Hybrid;

namespace CachedAttr.Interop;

/// <summary>The abstract <see cref="HybridCache"/> over this library's engine: the same entries, and invalidation that cannot lose a race.</summary>
/// <remarks>
/// Keys are those of <see cref="Cache"/>. Every entry that is made here also carries the tag <c>*</c>, by which <see cref="RemoveByTagAsync(string, CancellationToken)"/>
/// knows them all. Thread-safe.
/// </remarks>
internal sealed class HybridCacheAdapter(Cache cache, HybridCacheEntryOptions? defaults, JsonSerializerOptions? json) : HybridCache
{
    private const string Everything = "*";

    private static readonly string[] NoTags = [Everything];

    private readonly ConcurrentDictionary<Type, object> _forms = new();
    private readonly SerializerTable _serializers = new(cache, cache.Options);

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(factory);
        var call = new HybridCall(options, defaults);
        if (MethodOf<T>(key) is { } method)
        {
            if (call.IsLookup)
                return (await method.FindAsync(key, method.Serializer, BackendCall.Async(cancellationToken), call.Scope, call.LocalTtl).ConfigureAwait(false)).Value!;
            return await method.GetOrLoadAsync(
                key,
                call.Load<(TState State, Func<TState, CancellationToken, ValueTask<T>> Factory, StoreRule Rule), T>(
                    (state, factory, StoreRule.Tagged(TagsOf(tags))),
                    static (load, flight) => load.Factory(load.State, flight.Token),
                    static (load, _) => load.Rule,
                    method.Serializer),
                cancellationToken).ConfigureAwait(false);
        }

        var region = cache.Regions.ByHand;
        var form = FormOf<T>();
        var serializer = SerializerOf(form, call);
        if (call.IsLookup)
        {
            var lookup = await region.FindAsync(key, serializer, BackendCall.Async(cancellationToken), call.Scope, call.LocalTtl).ConfigureAwait(false);
            return lookup.Found ? form.Read(lookup.Value, key) : default!;
        }

        var work = new Work<TState, T>(this, state, factory, form, StoreRule.Tagged(TagsOf(tags)));
        object? stored = await region.GetOrLoadAsync(
            key, call.Load<Work<TState, T>, object?>(work, static (work, flight) => work.LoadAsync(flight.Token), static (work, stored) => work.RuleFor(stored), serializer), cancellationToken)
            .ConfigureAwait(false);
        return form.Read(stored, key);
    }

    public override async ValueTask SetAsync<T>(
        string key, T value, HybridCacheEntryOptions? options = null, IEnumerable<string>? tags = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        cancellationToken.ThrowIfCancellationRequested();
        cache.ThrowIfDisposed();
        var call = new HybridCall(options, defaults);
        var notes = new EntryNotes(TagsOf(tags));
        if (MethodOf<T>(key) is { } method)
        {
            await SetAsync(method, key, value, method.Serializer, call, notes, cancellationToken).ConfigureAwait(false);
            return;
        }

        var form = FormOf<T>();
        object? stored = Store(value, form);
        if (stored is UnstoredValue<T>)
            await RemoveAsync(key, cancellationToken).ConfigureAwait(false);
        else
            await SetAsync(cache.Regions.ByHand, key, stored, SerializerOf(form, call), call, notes, cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await cache.RemoveAsync(key).ConfigureAwait(false);
    }

    public override async ValueTask RemoveAsync(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        cancellationToken.ThrowIfCancellationRequested();
        await cache.RemoveAsync([.. keys]).ConfigureAwait(false);
    }

    public override ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : cache.InvalidateTagAsync(tag);

    public override ValueTask RemoveByTagAsync(IEnumerable<string> tags, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled(cancellationToken) : cache.InvalidateTagAsync([.. tags]);
    }

    private async ValueTask SetAsync<TStored>(
        CacheRegion<TStored> region, string key, TStored value, ICacheSerializer<TStored>? serializer, HybridCall call, EntryNotes notes, CancellationToken cancellationToken)
    {
        long? stamp = null;
        if (cache.Backend is { } backend)
        {
            var timeToLive = region.TimeToLive(value, call.Ttl);
            bool isKept = timeToLive > TimeSpan.Zero && serializer is not null && (call.Scope & ScopeKind.NoBackendStore) == ScopeKind.None;
            stamp = isKept
                ? await backend.PutAsync(key, value, serializer!, new(timeToLive, timeToLive + region.StaleWindow), EntryFlags.None, notes, BackendCall.Async(cancellationToken)).ConfigureAwait(false)
                : await backend.InvalidateKeyAsync(key, BackendCall.Async(cancellationToken)).ConfigureAwait(false);
        }

        if (call.LocalTtl > 0)
        {
            var here = call.LocalTtl == long.MaxValue ? call.Ttl : TimeSpan.FromTicks(Math.Min(call.LocalTtl, region.TimeToLive(value, call.Ttl).Ticks));
            cache.Regions.Write(key, typeof(TStored), (key, value, here, stamp, notes), static (region, set) =>
            {
                (region as CacheRegion<TStored>)?.Set(set.key, set.value, set.here, set.stamp, set.notes);
                return true;
            });
        }
        else if (stamp is null)
        {
            cache.Remove(key);
        }
    }

    private object? Store<T>(T value, HybridForm<T> form)
    {
        object? stored = form.Store(value, out var failure);
        if (failure is not null)
            cache.Logger.CopyingFailed(typeof(T).ToString(), failure);
        return stored;
    }

    /// <summary>The cached method whose key it is; its entries are kept, and shared, as it says.</summary>
    private CacheRegion<T>? MethodOf<T>(string key)
    {
        var region = cache.Regions.Find(key, typeof(T));
        if (ReferenceEquals(region, cache.Regions.ByHand))
            return null;
        return region as CacheRegion<T> ?? throw Cache.WrongType<T>(region, key);
    }

    private ICacheSerializer<object?>? SerializerOf<T>(HybridForm<T> form, HybridCall call) => cache.Backend is null ? null : form.Serializer(call.IsCompressed);

    private HybridForm<T> FormOf<T>() => _forms.TryGetValue(typeof(T), out object? known) ? (HybridForm<T>)known : MakeForm<T>();

    private HybridForm<T> MakeForm<T>()
    {
        var serializer = _serializers.TryGet<T>(out var generated) ? generated : JsonCacheSerializer<T>.Create(json);
        return (HybridForm<T>)_forms.GetOrAdd(typeof(T), new HybridForm<T>(serializer, SharedTypes.Contains<T>()));
    }

    private static string[] TagsOf(IEnumerable<string>? tags) => tags is null ? NoTags : [.. tags, Everything];

    /// <summary>One call of a factory.</summary>
    private readonly record struct Work<TState, T>(
        HybridCacheAdapter Owner, TState State, Func<TState, CancellationToken, ValueTask<T>> Factory, HybridForm<T> Form, StoreRule Rule)
    {
        public async ValueTask<object?> LoadAsync(CancellationToken cancellationToken) =>
            Owner.Store(await Factory(State, cancellationToken).ConfigureAwait(false), Form);

        public StoreRule RuleFor(object? stored) => stored is UnstoredValue<T> ? StoreRule.Leave : Rule;
    }
}
