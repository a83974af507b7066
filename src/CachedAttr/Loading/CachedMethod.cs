using System.ComponentModel;
using System.Runtime.CompilerServices;
using CachedAttr.Keys;
using CachedAttr.Serialization;

namespace CachedAttr.Loading;

/// <summary>What is known of a cached method at compile time. The generator makes one static instance a method.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class CachedMethod
{
    private static int _count;

    private protected CachedMethod(string type, string method, string template)
    {
        Index = Interlocked.Increment(ref _count) - 1;
        FullName = type + "." + method;
        int start = type.LastIndexOf('.') + 1;
        Name = string.Concat(type.AsSpan(start), ".", method);
        Template = KeyTemplate.Parse(template);
    }

    /// <summary>The name that settings, metrics and dashboards use: <c>ServerService.GetServerAsync</c>.</summary>
    public string Name { get; }

    /// <summary><see cref="Name"/> with the namespace and the containing types in front.</summary>
    public string FullName { get; }

    /// <summary>The complete key template.</summary>
    public KeyTemplate Template { get; }

    /// <summary>What the attribute says.</summary>
    public CachePolicy Policy { get; init; } = new();

    /// <summary>The name of the policy that overrides <see cref="Policy"/>.</summary>
    public string? PolicyName { get; init; }

    /// <summary>The method's place in the tables of all caches.</summary>
    internal int Index { get; }

    internal abstract void Forget(CacheRegion region);
}

/// <summary>A cached method with its types.</summary>
/// <typeparam name="TKey">The typed key.</typeparam>
/// <typeparam name="TValue">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CachedMethod<TKey, TValue> : CachedMethod
    where TKey : IEquatable<TKey>
{
    private CacheRegion<TKey, TValue>? _region;

    /// <summary>Describes a method.</summary>
    /// <param name="type">The containing type's full name, without type parameters.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="template">The complete key template.</param>
    /// <param name="codec">Translates between typed keys and key strings.</param>
    public CachedMethod(string type, string method, string template, KeyCodec<TKey> codec)
        : base(type, method, template)
    {
        ArgumentNullException.ThrowIfNull(codec);
        Codec = codec;
    }

    /// <summary>Translates between typed keys and key strings.</summary>
    public KeyCodec<TKey> Codec { get; }

    /// <summary>
    /// How results become bytes in a backend. Null if they cannot: such results are kept in the local tier only. Made by
    /// <see cref="SerializerFactory"/> when it is first asked for, unless it is set.
    /// </summary>
    public ICacheSerializer<TValue>? Serializer
    {
        // Two threads may make one each: serializers have no state, so either will do.
        get => field ??= SerializerFactory?.Invoke();
        init;
    }

    /// <summary>
    /// Makes <see cref="Serializer"/>. A delegate, so that describing a method loads none of the formatters' types: a program without a backend
    /// never does.
    /// </summary>
    public Func<ICacheSerializer<TValue>>? SerializerFactory { get; init; }

    /// <summary>
    /// The method's region in a cache. For the first cache that uses the method, which in most programs is the only one, it costs two reads and a
    /// comparison; for others an index into a table.
    /// </summary>
    /// <param name="cache">The cache.</param>
    /// <exception cref="ArgumentNullException"><paramref name="cache"/> is <see langword="null"/>.</exception>
    /// <exception cref="ObjectDisposedException">The cache has been disposed.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CacheRegion<TKey, TValue> In(Cache cache)
    {
        var region = _region;
        return region is not null && ReferenceEquals(region.Cache, cache) ? region : Lookup(cache);
    }

    /// <summary>The key of a typed key.</summary>
    /// <param name="key">The typed key.</param>
    /// <returns>The key.</returns>
    public CacheKey<TValue> KeyOf(TKey key)
    {
        var writer = new KeyWriter(stackalloc char[256]);
        try
        {
            Codec.Write(ref writer, key);
            return new CacheKey<TValue>(writer.ToString());
        }
        finally
        {
            writer.Dispose();
        }
    }

    internal override void Forget(CacheRegion region) =>
        Interlocked.CompareExchange(ref _region, null, (CacheRegion<TKey, TValue>)region);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private CacheRegion<TKey, TValue> Lookup(Cache cache)
    {
        ArgumentNullException.ThrowIfNull(cache);
        var region = cache.Regions.Of(this);
        Interlocked.CompareExchange(ref _region, region, null);
        return region;
    }
}
