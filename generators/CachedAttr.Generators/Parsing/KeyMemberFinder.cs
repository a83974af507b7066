using System.Globalization;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds the members of a type that its key is made of.</summary>
internal static class KeyMemberFinder
{
    /// <summary>
    /// The public readable members, inherited ones included, without those that are left out by <c>[CacheKeyIgnore]</c>;
    /// only those with <c>[CacheKey]</c>, if there are any. Ordered by name.
    /// </summary>
    public static KeyMembers Find(INamedTypeSymbol type)
    {
        if (type.IsTupleType)
            return new([.. type.TupleElements.Select((element, i) => ("Item" + (i + 1).ToString(CultureInfo.InvariantCulture), element.Type))], false, false);
        if (type.Is("System", "Uri"))
            return new([("OriginalString", MethodContext.TypeOf(type.GetMembers("OriginalString")[0]))], false, false);

        var candidates = Candidates(type).Where(candidate => !HasMark(candidate, "CacheKeyIgnoreAttribute")).ToList();
        var marked = candidates.Where(candidate => HasMark(candidate, "CacheKeyAttribute")).ToList();
        var chosen = (marked.Count > 0 ? marked : candidates).OrderBy(candidate => candidate.Name, StringComparer.Ordinal).ToList();
        return new([.. chosen.Select(member => (member.Name, MethodContext.TypeOf(member)))], marked.Count > 0, chosen.Exists(IsSensitive));
    }

    /// <summary>Whether only a keyed hash of a parameter's or member's value may go into keys.</summary>
    public static bool IsSensitive(ISymbol symbol) => Marks(symbol).Any(
        marks => marks.HasAttribute("SensitiveAttribute")
            || marks.FindAttribute("CacheKeyAttribute")?.NamedArguments.Any(argument => argument is { Key: "Hash", Value.Value: true }) == true);

    private static IEnumerable<ISymbol> Candidates(INamedTypeSymbol type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        IEnumerable<ITypeSymbol> types = type.TypeKind == TypeKind.Interface ? type.AllInterfaces.Insert(0, type) : type.SelfAndBases();
        return types.SelectMany(current => current.GetMembers())
            .Where(member => member is { IsStatic: false, DeclaredAccessibility: Accessibility.Public, CanBeReferencedByName: true }
                && IsPubliclyReadable(member) && seen.Add(member.Name));
    }

    private static bool IsPubliclyReadable(ISymbol member) =>
        MethodContext.IsReadableValue(member) && member is IFieldSymbol or IPropertySymbol { GetMethod.DeclaredAccessibility: Accessibility.Public };

    private static bool HasMark(ISymbol symbol, string attribute) => Marks(symbol).Any(marks => marks.HasAttribute(attribute));

    // An attribute in a record's parameter list stands on the parameter, not on the property.
    private static IEnumerable<ISymbol> Marks(ISymbol symbol)
    {
        yield return symbol;
        if (symbol is not IPropertySymbol { ContainingType.IsRecord: true } property)
            yield break;
        foreach (var parameter in property.ContainingType.InstanceConstructors.SelectMany(constructor => constructor.Parameters))
        {
            if (parameter.Name == property.Name)
                yield return parameter;
        }
    }
}

/// <summary>The members that a type's key is made of.</summary>
/// <param name="Members">Names and types.</param>
/// <param name="IsMarked">Whether the user has chosen them.</param>
/// <param name="HasSensitive">Whether one of them asks to be hashed under the secret.</param>
internal sealed record KeyMembers(IReadOnlyList<(string Name, ITypeSymbol Type)> Members, bool IsMarked, bool HasSensitive);
