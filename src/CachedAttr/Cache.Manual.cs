using System.Runtime.CompilerServices;
using CachedAttr.Backends;
using CachedAttr.Interop;
using CachedAttr.Keys;
using CachedAttr.Loading;

namespace CachedAttr;

/// <content>Entries by hand.</content>
public sealed partial class Cache
{
    /// <summary>The value under a key, or the default of <typeparamref name="T"/> if there is none.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="key">The key, without the application's prefix.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The value. <see cref="TryGetAsync{T}(string, CancellationToken)"/> tells a stored <see langword="null"/> from none.</returns>
    /// <exception cref="ArgumentException">The key is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public async ValueTask<T?> GetAsync<T>(string key, CancellationToken cancellationToken = default) =>
        (await TryGetAsync<T>(key, cancellationToken).ConfigureAwait(false)).Value;

    /// <inheritdoc cref="GetAsync{T}(string, CancellationToken)"/>
    public ValueTask<T?> GetAsync<T>(CacheKey<T> key, CancellationToken cancellationToken = default) => GetAsync<T>(key.Text, cancellationToken);

    /// <summary>Looks up a key.</summary>
    /// <inheritdoc cref="GetAsync{T}(string, CancellationToken)"/>
    /// <returns>Whether there is a valid entry with a value of this type, and its value.</returns>
    public ValueTask<CacheLookup<T>> TryGetAsync<T>(string key, CancellationToken cancellationToken = default) =>
        cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<CacheLookup<T>>(cancellationToken)
            : Backend is null ? new(TryGet<T>(key))
            : FindAsync<T>(key, BackendCall.Async(cancellationToken));

    /// <inheritdoc cref="TryGetAsync{T}(string, CancellationToken)"/>
    public ValueTask<CacheLookup<T>> TryGetAsync<T>(CacheKey<T> key, CancellationToken cancellationToken = default) =>
        TryGetAsync<T>(key.Text, cancellationToken);

    /// <summary>Looks up a key, without tasks.</summary>
    /// <inheritdoc cref="TryGetAsync{T}(string, CancellationToken)"/>
    public CacheLookup<T> TryGet<T>(string key) => Backend is null ? FindHere<T>(key, out _) : Ended(FindAsync<T>(key, BackendCall.Synchronous));

    /// <summary>Stores a value under a key. A load of that key that began before cannot overwrite it.</summary>
    /// <typeparam name="T">The value's type: that of the method, if the key is a cached method's.</typeparam>
    /// <param name="key">The key, without the application's prefix.</param>
    /// <param name="value">The value.</param>
    /// <param name="ttl">Time to live; <see langword="null"/>: that of the method, or <see cref="CacheOptions.DefaultTtl"/>. At most <see cref="CacheOptions.MaxTtl"/>.</param>
    /// <param name="tags">By each of these it can be invalidated.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the value is stored.</returns>
    /// <exception cref="ArgumentException">The key is <see langword="null"/> or empty, or the time to live not positive.</exception>
    /// <exception cref="InvalidOperationException">The key is that of a cached method whose value has another type.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public ValueTask SetAsync<T>(
        string key, T value, TimeSpan? ttl = null, IReadOnlyCollection<string>? tags = null, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (Backend is not null)
            return SetSharedAsync(key, value, ttl, NotesOf(tags), BackendCall.Async(cancellationToken));
        Set(key, value, ttl, tags);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc cref="SetAsync{T}(string, T, TimeSpan?, IReadOnlyCollection{string}?, CancellationToken)"/>
    public ValueTask SetAsync<T>(
        CacheKey<T> key, T value, TimeSpan? ttl = null, IReadOnlyCollection<string>? tags = null, CancellationToken cancellationToken = default) =>
        SetAsync(key.Text, value, ttl, tags, cancellationToken);

    /// <summary>Stores a value under a key, without tasks.</summary>
    /// <inheritdoc cref="SetAsync{T}(string, T, TimeSpan?, IReadOnlyCollection{string}?, CancellationToken)"/>
    public void Set<T>(string key, T value, TimeSpan? ttl = null, IReadOnlyCollection<string>? tags = null)
    {
        if (Backend is not null)
            SetSharedAsync(key, value, ttl, NotesOf(tags), BackendCall.Synchronous).AsTask().GetAwaiter().GetResult();
        else
            SetHere(key, value, ttl, stamp: null, NotesOf(tags));
    }

    /// <summary>Stores several values. With a backend they are sent one after the other without waiting in between.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="values">The values by key.</param>
    /// <param name="ttl">Time to live, as for one.</param>
    /// <param name="tags">By each of these each of them can be invalidated.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when all are stored.</returns>
    /// <inheritdoc cref="SetAsync{T}(string, T, TimeSpan?, IReadOnlyCollection{string}?, CancellationToken)" path="/exception"/>
    public async ValueTask SetManyAsync<T>(
        IEnumerable<KeyValuePair<string, T>> values, TimeSpan? ttl = null, IReadOnlyCollection<string>? tags = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        await Task.WhenAll([.. values.Select(pair => SetAsync(pair.Key, pair.Value, ttl, tags, cancellationToken).AsTask())]).ConfigureAwait(false);
    }

    /// <inheritdoc cref="SetManyAsync{T}(IEnumerable{KeyValuePair{string, T}}, TimeSpan?, IReadOnlyCollection{string}?, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public ValueTask SetManyAsync<T>(
        IEnumerable<KeyValuePair<CacheKey<T>, T>> values, TimeSpan? ttl = null, IReadOnlyCollection<string>? tags = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return SetManyAsync(values.Select(static pair => KeyValuePair.Create(pair.Key.Text, pair.Value)), ttl, tags, cancellationToken);
    }

    /// <summary>The value under a key; if there is none, it is loaded, once for all callers that ask at the same time, and stored.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="key">The key, without the application's prefix.</param>
    /// <param name="load">Loads the value. Its token is cancelled when no caller waits any more.</param>
    /// <param name="ttl">Time to live; <see langword="null"/>: that of the method, or <see cref="CacheOptions.DefaultTtl"/>.</param>
    /// <param name="tags">By each of these a loaded value can be invalidated.</param>
    /// <param name="cancellationToken">Ends this caller's wait, not the load.</param>
    /// <returns>The value.</returns>
    /// <inheritdoc cref="SetAsync{T}(string, T, TimeSpan?, IReadOnlyCollection{string}?, CancellationToken)" path="/exception"/>
    public async ValueTask<T> GetOrLoadAsync<T>(
        string key,
        Func<CancellationToken, ValueTask<T>> load,
        TimeSpan? ttl = null,
        IReadOnlyCollection<string>? tags = null,
        CancellationToken cancellationToken = default)
    {
        CheckKey(key);
        CheckTtl(ttl);
        ArgumentNullException.ThrowIfNull(load);
        var region = Regions.Find(key, typeof(T));
        var rule = RuleOf(tags);
        if (region is CacheRegion<T> typed)
        {
            return await typed.GetOrLoadAsync(
                key, (load, rule), static (state, context) => state.load(context.Token), rule is null ? null : static (state, _) => state.rule.GetValueOrDefault(), ttl, typed.Serializer, cancellationToken)
                .ConfigureAwait(false);
        }

        object? loaded = await ByHand<T>(region, key)
            .GetOrLoadAsync(
                key,
                (load, rule),
                static async (state, context) => await state.load(context.Token).ConfigureAwait(false),
                rule is null ? null : static (state, _) => state.rule.GetValueOrDefault(),
                ttl,
                SerializerByHand<T>(key),
                cancellationToken)
            .ConfigureAwait(false);
        return Unbox<T>(loaded, key);
    }

    /// <inheritdoc cref="GetOrLoadAsync{T}(string, Func{CancellationToken, ValueTask{T}}, TimeSpan?, IReadOnlyCollection{string}?, CancellationToken)"/>
    public ValueTask<T> GetOrLoadAsync<T>(
        CacheKey<T> key,
        Func<CancellationToken, ValueTask<T>> load,
        TimeSpan? ttl = null,
        IReadOnlyCollection<string>? tags = null,
        CancellationToken cancellationToken = default) =>
        GetOrLoadAsync(key.Text, load, ttl, tags, cancellationToken);

    /// <summary>The value under a key; if there is none, it is loaded without tasks: other threads that ask for it block meanwhile.</summary>
    /// <inheritdoc cref="GetOrLoadAsync{T}(string, Func{CancellationToken, ValueTask{T}}, TimeSpan?, IReadOnlyCollection{string}?, CancellationToken)"/>
    public T GetOrLoad<T>(string key, Func<T> load, TimeSpan? ttl = null, IReadOnlyCollection<string>? tags = null)
    {
        CheckKey(key);
        CheckTtl(ttl);
        ArgumentNullException.ThrowIfNull(load);
        var region = Regions.Find(key, typeof(T));
        var rule = RuleOf(tags);
        return region is CacheRegion<T> typed
            ? typed.GetOrLoad(key, (load, rule), static (state, _) => state.load(), rule is null ? null : static (state, _) => state.rule.GetValueOrDefault(), ttl, typed.Serializer)
            : Unbox<T>(
                ByHand<T>(region, key).GetOrLoad(
                    key, (load, rule), static (state, _) => state.load(), rule is null ? null : static (state, _) => state.rule.GetValueOrDefault(), ttl, SerializerByHand<T>(key)),
                key);
    }

    /// <summary>The values under several keys; keys without an entry are not in the result.</summary>
    /// <typeparam name="T">The values' type.</typeparam>
    /// <param name="keys">The keys, without the application's prefix.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The values by key.</returns>
    /// <exception cref="ArgumentException">A key is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public ValueTask<IReadOnlyDictionary<string, T?>> GetManyAsync<T>(IEnumerable<string> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyDictionary<string, T?>>(cancellationToken);
        if (Backend is not null)
            return FindManyAsync<T>(keys, Backend, BackendCall.Async(cancellationToken));
        var found = new Dictionary<string, T?>(StringComparer.Ordinal);
        FindManyHere(keys, found, missing: null);
        return new(found);
    }

    /// <inheritdoc cref="GetManyAsync{T}(IEnumerable{string}, CancellationToken)"/>
    [OverloadResolutionPriority(-1)] // an empty list is one of strings
    public ValueTask<IReadOnlyDictionary<string, T?>> GetManyAsync<T>(IEnumerable<CacheKey<T>> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return GetManyAsync<T>(keys.Select(static key => key.Text), cancellationToken);
    }

    /// <summary>Whether there is a valid entry under a key.</summary>
    /// <param name="key">The key, without the application's prefix.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="ArgumentException">The key is <see langword="null"/> or empty.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public async ValueTask<bool> ExistsAsync(string key, CancellationToken cancellationToken = default) =>
        await GetTtlAsync(key, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>The time to live that is left to the entry under a key.</summary>
    /// <inheritdoc cref="ExistsAsync"/>
    /// <returns>The time, or <see langword="null"/> if there is no valid entry.</returns>
    public ValueTask<TimeSpan?> GetTtlAsync(string key, CancellationToken cancellationToken = default)
    {
        CheckKey(key);
        return cancellationToken.IsCancellationRequested ? ValueTask.FromCanceled<TimeSpan?>(cancellationToken)
            : Backend is null ? new(Regions.Find(key, typeof(void)).RemainingTtl(key))
            : FindTtlAsync(key, Backend, BackendCall.Async(cancellationToken));
    }

    /// <summary>Adds to the counter under a key, in one step. A counter that is not there begins at 0.</summary>
    /// <param name="key">The key, without the application's prefix.</param>
    /// <param name="by">What to add; may be negative.</param>
    /// <param name="ttl">Time to live of a counter that begins with this call; one that is there keeps its own.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The counter's new value.</returns>
    /// <exception cref="OverflowException">The sum does not fit.</exception>
    /// <exception cref="InvalidOperationException">The value under the key is not a number.</exception>
    /// <inheritdoc cref="SetAsync{T}(string, T, TimeSpan?, IReadOnlyCollection{string}?, CancellationToken)" path="/exception"/>
    public ValueTask<long> IncrementAsync(string key, long by = 1, TimeSpan? ttl = null, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<long>(cancellationToken);
        CheckKey(key);
        CheckTtl(ttl);
        if (Backend is not null)
            return IncrementSharedAsync(key, by, ttl, BackendCall.Async(cancellationToken));
        return new(Regions.Write(key, typeof(long), (key, by, ttl), static (region, add) => region.Increment(add.key, add.by, add.ttl)));
    }

    /// <summary>The keys of valid entries that a pattern matches. It looks at every entry: for tools and tests, not for requests.</summary>
    /// <param name="pattern">A glob; <c>*</c> for all.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The keys, in no particular order, as they were when the enumeration began.</returns>
    /// <exception cref="ArgumentException">The pattern is malformed.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    public IAsyncEnumerable<string> KeysAsync(string pattern = "*", CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return Keys(KeyPattern.Parse(pattern), cancellationToken);
    }

    private async IAsyncEnumerable<string> Keys(
        KeyPattern pattern, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var region in Regions.All)
            region.CollectKeys(pattern, keys);
        foreach (string key in keys)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }

        if (Backend is null)
            yield break;
        await foreach (string key in Backend.ScanAsync(pattern, cancellationToken).ConfigureAwait(false))
        {
            if (keys.Add(key))
                yield return key;
        }
    }

    private static EntryNotes? NotesOf(IReadOnlyCollection<string>? tags) => tags is null or { Count: 0 } ? null : new([.. tags]);

    private static StoreRule? RuleOf(IReadOnlyCollection<string>? tags) => tags is null or { Count: 0 } ? null : StoreRule.Tagged([.. tags]);

    private void CheckKey(string key)
    {
        ThrowIfDisposed();
        ArgumentException.ThrowIfNullOrEmpty(key);
    }

    private static void CheckTtl(TimeSpan? ttl)
    {
        if (ttl is { } time && time <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(ttl), time, "A time to live must be positive; leave it out for the default.");
    }

    private static CacheRegion<object?> ByHand<T>(CacheRegion region, string key) =>
        region as CacheRegion<object?> ?? throw WrongType<T>(region, key);

    internal static InvalidOperationException WrongType<T>(CacheRegion region, string key) => new(
        $"'{key}' is a key of {region.Name}, whose values are {region.ValueType}; it cannot hold a {typeof(T)}. Use that type, or another key.");

    private static T Unbox<T>(object? value, string key) => StoredCopy.TryRead<T>(value, out var read)
        ? read
        : throw new InvalidOperationException($"The value under '{key}' is a {value?.GetType().ToString() ?? "null"}, not a {typeof(T)}.");
}
