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
    EquatableArray<PatternModel> Tags,
    EquatableArray<TypeShapeModel> TagShapes,
    PolicyModel Policy,
    ManyModel? Many,
    SerializerModel? Serializer,
    string ValueTypeForDisplay,
    KeysAccess KeysAccess)
{
    /// <summary>The type of what is stored under one key.</summary>
    public string ValueType => Many?.Value ?? Method.ResultType!;
}

/// <summary>What a method that caches many keys at once has beside its key, which is that of one item.</summary>
/// <param name="Parameter">The parameter with the items.</param>
/// <param name="Item">The type of an item.</param>
/// <param name="Element">The name of one item in the key's expressions.</param>
/// <param name="Value">The type of an item's value.</param>
/// <param name="TakesArray">Whether the loader takes an array as it is.</param>
internal sealed record ManyModel(string Parameter, string Item, string Element, string Value, bool TakesArray);

/// <summary>The numbers of the attribute; null where it does not say anything.</summary>
/// <param name="Numbers">Names of properties that are numbers, and their values, in the order of <c>PolicyParser</c>.</param>
/// <param name="LocalCapacity">The bound of the local tier.</param>
/// <param name="Tiers">Where values are kept.</param>
/// <param name="DistributedLock">Whether one process at a time loads.</param>
/// <param name="Name">The policy that overrides them.</param>
internal sealed record PolicyModel(EquatableArray<NumberModel> Numbers, int? LocalCapacity, int? Tiers, bool? DistributedLock, string? Name);

/// <summary>A number of the attribute.</summary>
internal sealed record NumberModel(string Name, double Value);

/// <summary>Who can see all types of a method's key and value, so who can be offered its typed key.</summary>
internal enum KeysAccess
{
    None,
    Internal,
    Public,
}
