using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>
/// Finds the cache that a method uses: a field or property, else a parameter of the primary constructor, else the default one. Of several, an attribute names
/// one: by the key under which it is injected, or by its name.
/// </summary>
internal static class CacheMemberFinder
{
    private const string Default = "global::CachedAttr.Cache.Default";

    public static string? Find(MethodContext context)
    {
        string? name = NameOf(context, out string? attribute);
        var keys = Keys(context.Type);
        if (context.FindValueMember(type => type.IsCache(), member => IsMeant(member, name, keys)) is { } found)
            return OrDefault(found, MemberAccess.Of(context.Method, found));
        if (context.FindPrimaryParameter(parameter => parameter.Type.IsCache() && IsMeant(parameter, name, keys)) is not { } primary)
        {
            if (name is null)
            {
                NoteOther(context, keys);
                return Default;
            }

            context.Report(RuleIds.NoSuchCache, new(PlaceKind.Argument, "Cache") { AttributeName = attribute }, name);
            return null;
        }

        if (context.FindParameter(primary.Name) is null)
            return OrDefault(primary, Display.Identifier(primary.Name));
        context.Report(RuleIds.UnreachableCache, ProblemPlace.Parameter(primary.Name), primary.Name);
        return null;
    }

    // What is kept in the default cache the rest of the class neither sees nor invalidates.
    private static void NoteOther(MethodContext context, Dictionary<string, string> keys)
    {
        var types = context.Type.SelfAndBases().OfType<INamedTypeSymbol>().ToList();
        var members = types.SelectMany(type => type.GetMembers()).Where(member => MethodContext.IsReadableValue(member) && member.CanBeReferencedByName);
        var parameters = types.SelectMany(type => type.InstanceConstructors).SelectMany(constructor => constructor.Parameters);
        if (members.Concat<ISymbol>(parameters).FirstOrDefault(symbol => MethodContext.TypeOf(symbol).IsCache()) is not { } other)
            return;
        string? key = KeyOf(other) ?? (keys.TryGetValue(other.Name.TrimStart('_'), out string found) ? found : null);
        context.Note(RuleIds.OtherCache, ProblemPlace.Method, context.Method.Name, other.Name,
            context.Method.IsStatic ? "make it an instance method, or give the class a static member of type Cache"
            : key is not null ? $"name it by Cache = \"{key}\"" : "keep it in a member that this class can read");
    }

    private static string? NameOf(MethodContext context, out string? found)
    {
        found = null;
        foreach (var attribute in context.Method.GetAttributes())
        {
            if (attribute.AttributeClass is { } type && type.ContainingNamespace is { Name: "CachedAttr" } && attribute.Named("Cache") is string name)
            {
                found = type.Name;
                return name;
            }
        }

        return null;
    }

    /// <summary>The keys under which constructors have caches injected, by the parameter's name.</summary>
    private static Dictionary<string, string> Keys(INamedTypeSymbol type)
    {
        var keys = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in type.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Where(parameter => parameter.Type.IsCache()))
        {
            if (KeyOf(parameter) is { } key)
                keys[parameter.Name] = key;
        }

        return keys;
    }

    private static bool IsMeant(ISymbol symbol, string? name, Dictionary<string, string> keys)
    {
        string plain = symbol.Name.TrimStart('_');
        string? key = KeyOf(symbol) ?? (keys.TryGetValue(plain, out string found) ? found : null);
        return name is null
            ? key is null
            : key is not null ? key == name
            : plain.Equals(name, StringComparison.OrdinalIgnoreCase) || plain.Equals(name + "Cache", StringComparison.OrdinalIgnoreCase);
    }

    private static string? KeyOf(ISymbol symbol) => symbol.FindAttribute("Microsoft.Extensions.DependencyInjection", "FromKeyedServicesAttribute")?
        .ConstructorArguments is [{ Value: string key }] ? key : null;

    private static string OrDefault(ISymbol symbol, string expression) =>
        MethodContext.TypeOf(symbol).NullableAnnotation == NullableAnnotation.Annotated ? $"({expression} ?? {Default})" : expression;
}
