namespace CachedAttr;

/// <summary>
/// Makes a partial method invalidate cache entries: the build writes its body as a call of <c>{Name}Core</c> and the invalidation of the given keys.
/// A value loaded before the invalidation is never served after it, however slow its load was.
/// </summary>
/// <example>
/// <code>
/// [InvalidateCache("server:{id}", "server:{id}:*", "servers:*")]
/// public partial Task UpdateServerAsync(int id, ServerPatch patch, CancellationToken ct = default);
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class InvalidateCacheAttribute : Attribute
{
    /// <summary>Invalidates everything that one of the patterns matches.</summary>
    /// <param name="patterns">
    /// Globs over keys: <c>*</c> any run of characters (also <c>:</c>), <c>?</c> one character, <c>[abc]</c> one of a set, <c>\</c> takes the next
    /// character as it is. Holes are filled like a key's; <c>{result.Id}</c> is a member of the result.
    /// </param>
    public InvalidateCacheAttribute(params string[] patterns) => Patterns = patterns;

    /// <summary>The patterns.</summary>
    public IReadOnlyList<string> Patterns { get; }

    /// <summary>
    /// Tags besides or instead of patterns, written like them but without wildcards: everything that carries one of them is invalidated. A hole whose value
    /// is a collection gives one for each element.
    /// </summary>
    public string[] Tags { get; set; } = [];

    /// <summary><c>nameof</c> of a cached method whose key is invalidated: its parameters are taken from this method's by name, <c>*</c> for those that have no match.</summary>
    public string? Method { get; set; }

    /// <summary>The name of the cache to use, where a host has several; see <see cref="CachedAttribute.Cache"/>. One name for all attributes of a method.</summary>
    public string? Cache { get; set; }

    /// <summary>When the entries are invalidated; <see cref="InvalidateOn.Success"/> by default.</summary>
    public InvalidateOn On { get; set; }

    /// <summary><c>nameof</c> of a method that returns <see cref="bool"/>: invalidates only if it returns <see langword="true"/>. It may take the result first, then any parameters, by name.</summary>
    public string? When { get; set; }
}

/// <summary>When <see cref="InvalidateCacheAttribute"/> takes effect.</summary>
public enum InvalidateOn
{
    /// <summary>After the method has returned without an exception.</summary>
    Success = 0,

    /// <summary>Before the method runs. A load that begins between this and the method's own change may cache the old state.</summary>
    Before = 1,

    /// <summary>After the method has returned or thrown.</summary>
    Always = 2,
}
