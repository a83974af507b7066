namespace CachedAttr;

/// <summary>
/// Caches the result of a partial method: the build writes its body as a read-through over the cache, and the method's
/// own work goes into <c>{Name}Core</c> (<c>GetServerAsync</c> → <c>GetServerCoreAsync</c>).
/// </summary>
/// <remarks>
/// The method returns <c>T</c>, <see cref="Task{TResult}"/> or <see cref="ValueTask{TResult}"/>. Callers share the cached instance:
/// treat results as immutable. <see cref="CancellationToken"/> parameters are never part of the key.
/// </remarks>
/// <example>
/// <code>
/// [Cached("server:{id}", Ttl = 600)]
/// public partial Task&lt;Server?&gt; GetServerAsync(int id, CancellationToken ct = default);
///
/// private Task&lt;Server?&gt; GetServerCoreAsync(int id, CancellationToken ct) => db.FindServerAsync(id, ct);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CachedAttribute : Attribute
{
    /// <summary>Caches the method under the given key template.</summary>
    /// <param name="key">
    /// A template such as <c>server:{id}</c>, <c>report:{day:yyyy-MM-dd}</c> or <c>user:{user.Id}</c>. Without holes it is a prefix, to which all key
    /// parameters are appended. <see langword="null"/>: <c>{Type}.{Method}</c> and all key parameters, joined by <c>:</c>.
    /// </param>
    public CachedAttribute(string? key = null) => Key = key;

    /// <summary>The key template, or <see langword="null"/> for the default one.</summary>
    public string? Key { get; }

    /// <summary>
    /// Time to live in seconds: a value is not served longer than this after its load. Must be positive and finite.
    /// Left out, it is unbounded as written, which is a diagnostic; at run time <see cref="CacheOptions.DefaultTtl"/> applies.
    /// </summary>
    public double Ttl { get; set; }

    /// <summary>
    /// Seconds without a read after which a value ends, never later than <see cref="Ttl"/>, which it needs beside it. With a backend the reads of all
    /// processes count, to within a quarter of it.
    /// </summary>
    public double Sliding { get; set; }

    /// <summary>
    /// Seconds after <see cref="Ttl"/> for which the value is still served while one load in the background refreshes it (RFC 5861). Nobody waits for
    /// that load. What has been invalidated is not served.
    /// </summary>
    public double StaleWhileRevalidate { get; set; }

    /// <summary>
    /// Seconds after <see cref="Ttl"/> for which the value is served if its load fails (RFC 5861). After a failure the source is left alone for
    /// <see cref="CacheOptions.RetryDelay"/>. What has been invalidated is not served.
    /// </summary>
    public double StaleIfError { get; set; }

    /// <summary>A fraction: a read later than this part of <see cref="Ttl"/> starts one load in the background, so that a value in use does not end. Between 0 and 1.</summary>
    public double RefreshAhead { get; set; }

    /// <summary>A fraction: <see cref="Ttl"/> is shortened by a random part of up to this, so that keys stored together do not end together. From 0 to below 1.</summary>
    public double Jitter { get; set; }

    /// <summary>
    /// Seconds after which a load is given up: its token is cancelled, and who waits gets the stale value (<see cref="StaleIfError"/>) or a
    /// <see cref="TimeoutException"/>. For methods with tasks.
    /// </summary>
    public double LoadTimeout { get; set; }

    /// <summary>
    /// Seconds after which who waits for a load gets the stale value, if <see cref="StaleIfError"/> has kept one; the load goes on. For methods with tasks.
    /// </summary>
    public double SoftTimeout { get; set; }

    /// <summary>Time to live in seconds of a <see langword="null"/> result; 0: do not cache it; left out: as <see cref="Ttl"/>.</summary>
    public double NullTtl { get; set; }

    /// <summary><c>nameof</c> of a method that returns <see cref="bool"/>: the cache is used only if it returns <see langword="true"/>. It may take any of the method's parameters, by name.</summary>
    public string? When { get; set; }

    /// <summary>
    /// <c>nameof</c> of a method that returns <see cref="bool"/>: a result is not stored if it returns <see langword="true"/>.
    /// Its first parameter is the result; then any of the method's parameters, by name.
    /// </summary>
    public string? Unless { get; set; }

    /// <summary><c>nameof</c> of the method to load with, instead of <c>{Name}Core</c>. It has the same parameters and return type.</summary>
    public string? Loader { get; set; }

    /// <summary>
    /// <c>nameof</c> of a method that returns <see cref="string"/>: its result is the key after the template's prefix, taken as it is.
    /// It may take any of the method's parameters, by name.
    /// </summary>
    public string? KeyBuilder { get; set; }

    /// <summary>
    /// Templates like keys, also of the result: <c>team:{result.TeamId}</c>. A collection gives a tag for each of its elements. Everything that carries a
    /// tag is invalidated by it (<see cref="InvalidateCacheAttribute.Tags"/>, <see cref="CachedAttr.Cache.InvalidateTagAsync"/>), at a cost that does not depend on how much that is.
    /// </summary>
    public string[] Tags { get; set; } = [];

    /// <summary>
    /// The name of the cache to use, where a host has several (<c>AddCachedAttr("catalog", …)</c>): the class has a member or primary constructor parameter of type
    /// <see cref="CachedAttr.Cache"/> with <c>[FromKeyedServices("catalog")]</c>, or called <c>catalog</c> or <c>catalogCache</c>.
    /// </summary>
    public string? Cache { get; set; }

    /// <summary>Where values are kept; <see cref="CacheTiers.Both"/> by default.</summary>
    public CacheTiers Tiers { get; set; } = CacheTiers.Both;

    /// <summary>How many entries this method's local tier holds at most; left out: <see cref="CacheOptions.LocalCapacity"/>.</summary>
    public int LocalCapacity { get; set; }

    /// <summary>
    /// Whether at most one process at a time loads a key; the others wait, and take what it has stored. A holder that dies is followed by another within five
    /// seconds. Without a backend, or while it cannot be used, each process loads for itself, once.
    /// </summary>
    public bool DistributedLock { get; set; }

    /// <summary>The name of a policy in <see cref="CacheOptions.Policies"/> that overrides the numbers given here.</summary>
    public string? Policy { get; set; }
}
