namespace CachedAttr.Generators.Model;

/// <summary>How the values of a type are composed into a hash.</summary>
/// <param name="Type">The type without <c>?</c>, which is also its identity among the shapes of a key.</param>
/// <param name="Kind">What is composed.</param>
/// <param name="NullTest">What is true of a <c>value</c> that is none: a null, or a collection struct without a collection; null where there is no such value.</param>
/// <param name="IsOpen">Whether a value can be of a derived type, whose further members the key would not contain.</param>
/// <param name="Members">An object's members, ordered by name; a sequence's item; a map's key and value; what a nullable value is if it is not null.</param>
/// <param name="Interface">The interface as which a collection is enumerated; null: as it is.</param>
internal sealed record TypeShapeModel(
    string Type, ShapeKind Kind, string? NullTest, bool IsOpen, EquatableArray<ShapeMember> Members, string? Interface = null);

/// <summary>What a type consists of, seen from a key.</summary>
internal enum ShapeKind
{
    Object,
    Sequence,
    Set,
    Map,
    Nullable,
    Bytes,
}

/// <summary>A member of a type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its type.</param>
internal sealed record ShapeMember(string Name, ValueModel Value);
