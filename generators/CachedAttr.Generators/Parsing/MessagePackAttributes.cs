using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Reads the attributes of the MessagePack package, recognized by their names.</summary>
internal static class MessagePackAttributes
{
    public const string Namespace = "MessagePack";
    public const string Object = "MessagePackObjectAttribute";

    /// <summary>Whether a type has a layout of its own, and whether that is a map from the members' names.</summary>
    public static bool IsObject(ITypeSymbol type, out bool keyAsPropertyName)
    {
        var attribute = type.FindAttribute(Namespace, Object);
        keyAsPropertyName = attribute?.ConstructorArguments is [{ Value: true }, ..] || attribute?.Named("KeyAsPropertyName") is true;
        return attribute is not null;
    }

    /// <summary>A member's key: a number, a text, or null.</summary>
    public static object? KeyOf(ISymbol member)
    {
        for (var current = member; current is not null; current = (current as IPropertySymbol)?.OverriddenProperty)
        {
            if (current.FindAttribute(Namespace, "KeyAttribute") is { } attribute)
                return attribute.ConstructorArguments is [{ Value: { } key }, ..] ? key : null;
        }

        return null;
    }

    public static bool IsIgnored(ISymbol member) =>
        member.FindAttribute(Namespace, "IgnoreMemberAttribute") is not null
        || member.FindAttribute("System.Runtime.Serialization", "IgnoreDataMemberAttribute") is not null;

    public static bool IsChosen(IMethodSymbol constructor) =>
        constructor.FindAttribute(Namespace, "SerializationConstructorAttribute") is not null
        || constructor.FindAttribute("System.Text.Json.Serialization", "JsonConstructorAttribute") is not null;

    /// <summary>The cases of a union, by number.</summary>
    public static IEnumerable<(int Number, ITypeSymbol Type)> UnionOf(ITypeSymbol type)
    {
        foreach (var attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.Is(Namespace, "UnionAttribute") == true
                && attribute.ConstructorArguments is [{ Value: int number }, { Value: ITypeSymbol subtype }])
                yield return (number, subtype);
        }
    }
}
