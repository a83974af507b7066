namespace CachedAttr.Serialization;

/// <summary>How an object's members are laid out in MessagePack.</summary>
public enum SchemaLayout
{
    /// <summary>As the elements of an array, in order.</summary>
    Array,

    /// <summary>As a map from names to values.</summary>
    Map,

    /// <summary>As an array of a number, which says which of several types follows, and a value of that type.</summary>
    Union,
}
