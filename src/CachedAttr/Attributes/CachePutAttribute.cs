namespace CachedAttr;

/// <summary>
/// Stores the result of a partial method in the cache, which is write-through: the build writes its body as a call of <c>{Name}Core</c> and the store. What was
/// loaded before cannot overwrite it, however slow its load is, and every process drops its copy.
/// </summary>
/// <remarks>
/// Of several attributes on one method, invalidations come first and stores last, each kind in the order written. Within a transaction of
/// <see cref="System.Transactions"/> both wait until it has been committed, and are left undone if it is rolled back. A <see langword="null"/> result is not stored.
/// </remarks>
/// <example>
/// <code>
/// [CachePut("server:{result.Id}", Ttl = 600)]
/// [InvalidateCache("servers:*")]
/// public partial Task&lt;Server&gt; CreateServerAsync(NewServer server, CancellationToken ct = default);
/// </code>
/// </example>
/// <param name="key">The key's template; holes as in <see cref="CachedAttribute"/>, and <c>{result.Id}</c>.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CachePutAttribute(string key) : Attribute
{
    /// <summary>The key's template.</summary>
    public string Key { get; } = key;

    /// <summary>The name of the cache to use, where a host has several; see <see cref="CachedAttribute.Cache"/>. One name for all attributes of a method.</summary>
    public string? Cache { get; set; }

    /// <summary>Time to live in seconds; left out: that of the cached method whose key it is.</summary>
    public double Ttl { get; set; }

    /// <summary><c>nameof</c> of a method that returns <see cref="bool"/>: stores only if it returns <see langword="true"/>. It may take the result first, then any parameters, by name.</summary>
    public string? When { get; set; }

    /// <summary>The tags that the entry carries, as in <see cref="CachedAttribute.Tags"/>.</summary>
    public string[] Tags { get; set; } = [];
}
