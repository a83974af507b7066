namespace CachedAttr.Generators.Model;

/// <summary>
/// A method with <c>[Cached]</c>: everything that its code is written from. Without a serializer, its results stay in the local tier.
/// </summary>
internal sealed record CachedMethodModel(
    ContainingTypeModel Type,
    MethodModel Method,
    KeyModel Key,
    CallModel? When,
    CallModel? Unless,
    PolicyModel Policy,
    SerializerModel? Serializer,
    string ValueTypeForDisplay,
    KeysAccess KeysAccess);

/// <summary>The numbers of the attribute; null where it does not say anything.</summary>
internal sealed record PolicyModel(double? Ttl, double? NullTtl, int? LocalCapacity, int? Tiers, bool? DistributedLock, string? Name);

/// <summary>Who can see all types of a method's key and value, so who can be offered its typed key.</summary>
internal enum KeysAccess
{
    None,
    Internal,
    Public,
}
