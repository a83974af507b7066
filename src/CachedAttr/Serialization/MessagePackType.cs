namespace CachedAttr.Serialization;

/// <summary>The kinds of values in the MessagePack specification's type system.</summary>
public enum MessagePackType
{
    /// <summary>The one byte that the specification leaves unused (0xc1): always malformed.</summary>
    Invalid,

    /// <summary>An integer from -(2^63) to 2^64 - 1, in any of its encodings.</summary>
    Integer,

    /// <summary>Nil.</summary>
    Nil,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A floating-point number of 32 or 64 bits.</summary>
    Float,

    /// <summary>UTF-8 text.</summary>
    String,

    /// <summary>Bytes.</summary>
    Binary,

    /// <summary>A sequence of values.</summary>
    Array,

    /// <summary>A sequence of pairs of values.</summary>
    Map,

    /// <summary>Bytes with an application's or the specification's own type number.</summary>
    Extension,
}
