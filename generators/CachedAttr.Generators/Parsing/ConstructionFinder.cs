using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>
/// Finds out how an object is made from its members: by the constructor that takes most of them by name and leaves only such as can be set.
/// </summary>
internal static class ConstructionFinder
{
    /// <summary>The way to make an object; null if there is none, with the member that gets lost in the best attempt.</summary>
    public static Construction? Find(
        MethodContext context, INamedTypeSymbol type, IReadOnlyList<SerializableMember> members, ObjectLayout layout, out SerializableMember? faulty)
    {
        faulty = null;
        var constructors = type.InstanceConstructors.Where(constructor => IsUsable(context, type, constructor)).ToList();
        if (constructors.Exists(MessagePackAttributes.IsChosen))
            constructors.RemoveAll(constructor => !MessagePackAttributes.IsChosen(constructor));
        var required = Required(type);
        var attempts = constructors.Select(constructor => Match(context, constructor, members, layout, required))
            .Where(attempt => attempt is not null).OrderByDescending(attempt => attempt!.Arguments.Count);
        foreach (var attempt in attempts)
        {
            var lost = members.FirstOrDefault(member => member.IsState && !attempt!.Restores(member));
            if (lost is null)
                return attempt;
            faulty ??= lost;
        }

        return null;
    }

    // Not the one by which records copy themselves.
    private static bool IsUsable(MethodContext context, INamedTypeSymbol type, IMethodSymbol constructor) =>
        context.CanAccess(constructor)
        && constructor.Parameters.All(parameter => parameter.RefKind is RefKind.None or RefKind.In)
        && !(constructor.Parameters is [var only] && SymbolEqualityComparer.Default.Equals(only.Type, type));

    private static List<ISymbol> Required(INamedTypeSymbol type) =>
        [.. type.SelfAndBases().SelectMany(current => current.GetMembers()).Where(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })];

    private static Construction? Match(
        MethodContext context, IMethodSymbol constructor, IReadOnlyList<SerializableMember> members, ObjectLayout layout, List<ISymbol> required)
    {
        var arguments = new List<ConstructorArgument>();
        bool isNamed = false;
        foreach (var parameter in constructor.Parameters)
        {
            if (MemberOf(context, parameter, members, layout) is { } member)
                arguments.Add(new(isNamed ? parameter.Name : null, member.Symbol.Name));
            else if (parameter.IsOptional)
                isNamed = true;
            else
                return null;
        }

        bool setsRequired = constructor.FindAttribute("System.Diagnostics.CodeAnalysis", "SetsRequiredMembersAttribute") is not null;
        var mustBeSet = new HashSet<string>(setsRequired ? [] : required.Select(member => member.Name), StringComparer.Ordinal);
        var passed = new HashSet<string>(arguments.Select(argument => argument.Member), StringComparer.Ordinal);
        var initialized = members.Where(member => (!passed.Contains(member.Symbol.Name) || mustBeSet.Contains(member.Symbol.Name)) && CanSet(context, member.Symbol))
            .Select(member => member.Symbol.Name).ToList();
        return mustBeSet.IsSubsetOf(initialized) ? new(arguments, initialized) : null;
    }

    // By name; the MessagePack package also goes by position where keys are numbers.
    private static SerializableMember? MemberOf(MethodContext context, IParameterSymbol parameter, IReadOnlyList<SerializableMember> members, ObjectLayout layout)
    {
        bool Fits(SerializableMember member)
        {
            var conversion = context.Compilation.ClassifyCommonConversion(member.Type, parameter.Type);
            return conversion is { IsImplicit: true, IsUserDefined: false };
        }

        return members.FirstOrDefault(member => member.Symbol.Name == parameter.Name && Fits(member))
            ?? members.FirstOrDefault(member => string.Equals(member.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && Fits(member))
            ?? (layout == ObjectLayout.Numbered ? members.FirstOrDefault(member => member.Number == parameter.Ordinal && Fits(member)) : null);
    }

    private static bool CanSet(MethodContext context, ISymbol member) => member switch
    {
        IFieldSymbol field => !field.IsReadOnly,
        IPropertySymbol { SetMethod: { } setter } => context.CanAccess(setter),
        _ => false,
    };
}

/// <summary>How an object is made.</summary>
/// <param name="Arguments">What the constructor receives.</param>
/// <param name="Initialized">The members that are set after that.</param>
internal sealed record Construction(IReadOnlyList<ConstructorArgument> Arguments, IReadOnlyList<string> Initialized)
{
    public bool Restores(SerializableMember member) =>
        Initialized.Contains(member.Symbol.Name) || Arguments.Any(argument => argument.Member == member.Symbol.Name);
}
