using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds the members of an object type that could be written, and where the type's layout puts them.</summary>
internal static class SerializableMemberFinder
{
    // Every number up to the highest is a byte at least.
    private const int MaxNumber = 1000;

    /// <summary>
    /// The public readable members: those of base classes first, in declaration order; with the MessagePack package's attributes, in that
    /// library's order. Null, and why, if the attributes contradict each other.
    /// </summary>
    public static IReadOnlyList<SerializableMember>? Find(INamedTypeSymbol type, out ObjectLayout layout, out string? reason)
    {
        layout = ObjectLayout.Array;
        reason = null;
        var all = Members(type);
        var members = all.Where(IsPublic).Where(member => !MessagePackAttributes.IsIgnored(member)).ToList();
        if (!MessagePackAttributes.IsObject(type, out bool keyAsPropertyName))
        {
            if (members.Count == 0 && all.Exists(member => member is IFieldSymbol))
                reason = "none of its members is public";
            return reason is null ? [.. members.Select(member => new SerializableMember(member, 0, member.Name))] : null;
        }

        // That library takes properties before fields.
        members = [.. members.Where(member => member is IPropertySymbol), .. members.Where(member => member is IFieldSymbol)];
        if (keyAsPropertyName)
        {
            layout = ObjectLayout.Map;
            return [.. members.Select(member => new SerializableMember(member, 0, member.Name))];
        }

        if (all.Exists(member => !IsPublic(member) && MessagePackAttributes.KeyOf(member) is not null))
            reason = "a member with a key is not public";
        return reason is null ? Keyed(members, out layout, out reason) : null;
    }

    private static IReadOnlyList<SerializableMember>? Keyed(List<ISymbol> members, out ObjectLayout layout, out string? reason)
    {
        var keyed = members.ConvertAll(member => MessagePackAttributes.KeyOf(member) switch
        {
            int number => new SerializableMember(member, number, ""),
            string key => new SerializableMember(member, -1, key),
            _ => new SerializableMember(member, -1, ""),
        });
        bool isNumbered = keyed.TrueForAll(member => member.Number is >= 0 and <= MaxNumber);
        bool isMap = keyed.TrueForAll(member => member.Number < 0 && member.Key.Length > 0);
        layout = isNumbered ? ObjectLayout.Numbered : ObjectLayout.Map;
        reason = !isNumbered && !isMap ? "its members have no keys, or keys of different kinds"
            : keyed.Select(member => (member.Number, member.Key)).Distinct().Count() < keyed.Count ? "two of its members have the same key"
            : null;
        return reason is null ? [.. keyed.OrderBy(member => member.Number)] : null;
    }

    // An overriding or hiding member takes the place of the one in the base class.
    private static List<ISymbol> Members(INamedTypeSymbol type)
    {
        var members = new List<ISymbol>();
        foreach (var current in type.SelfAndBases().Reverse())
        {
            foreach (var member in current.GetMembers().Where(member => member is IPropertySymbol or IFieldSymbol { AssociatedSymbol: null, IsConst: false } && !member.IsStatic))
            {
                int hidden = IsPublic(member) ? members.FindIndex(other => other.Name == member.Name && IsPublic(other)) : -1;
                if (hidden < 0)
                    members.Add(member);
                else
                    members[hidden] = member;
            }
        }

        return members;
    }

    private static bool IsPublic(ISymbol member) => member.DeclaredAccessibility == Accessibility.Public && member.CanBeReferencedByName
        && member is IFieldSymbol or IPropertySymbol { IsIndexer: false, ReturnsByRef: false, ReturnsByRefReadonly: false, IsWriteOnly: false }
        && GetterOf(member) is null or { DeclaredAccessibility: Accessibility.Public };

    private static IMethodSymbol? GetterOf(ISymbol member) => (member as IPropertySymbol)?.GetMethod;
}

/// <summary>A member that could be written.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="Number">Its key, where keys are numbers.</param>
/// <param name="Key">Its key, where keys are texts.</param>
internal sealed record SerializableMember(ISymbol Symbol, int Number, string Key)
{
    public ITypeSymbol Type => MethodContext.TypeOf(Symbol);

    /// <summary>Whether something would be lost if it were not restored: false for computed properties.</summary>
    public bool IsState => Symbol is not IPropertySymbol property || property.SetMethod is not null || HasBackingField(property.OriginalDefinition);

    private static bool HasBackingField(IPropertySymbol property) =>
        property.ContainingType.GetMembers().Any(member => member is IFieldSymbol field && SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property))
        || property.GetMethod?.FindAttribute("System.Runtime.CompilerServices", "CompilerGeneratedAttribute") is not null;
}
