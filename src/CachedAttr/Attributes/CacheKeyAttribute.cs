namespace CachedAttr;

/// <summary>
/// On a parameter: says how it goes into the key. On members of a type: the key of such an object is made of the marked members only, instead of all.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class CacheKeyAttribute : Attribute
{
    /// <summary>
    /// Puts only a keyed hash (HMAC-SHA-256 under <see cref="CacheOptions.KeySecret"/>) of the value into the key, so that a token or a personal
    /// datum cannot be read from keys, logs and dashboards.
    /// </summary>
    public bool Hash { get; set; }
}

/// <summary>The same as <see cref="CacheKeyAttribute"/> with <see cref="CacheKeyAttribute.Hash"/>: only a keyed hash of the value goes into the key.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SensitiveAttribute : Attribute;

/// <summary>Leaves a parameter, or a member of a parameter's type, out of the key on purpose.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class CacheKeyIgnoreAttribute : Attribute;
