using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Reads the properties that an attribute sets.</summary>
internal static class AttributeArguments
{
    /// <summary>The value of a property; null if it is not set.</summary>
    public static object? Named(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
                return argument.Value.Kind == TypedConstantKind.Error ? null : argument.Value.Value;
        }

        return null;
    }

    /// <summary>The strings of a property that is an array; none if it is not set.</summary>
    public static IReadOnlyList<string> NamedStrings(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false } array)
                return [.. array.Values.Select(value => value.Value as string ?? "")];
        }

        return [];
    }

    /// <summary>The strings of a constructor's <c>params</c> array.</summary>
    public static IReadOnlyList<string> Strings(this AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Array, IsNull: false } array])
            return [];
        return [.. array.Values.Select(value => value.Value as string ?? "")];
    }
}
