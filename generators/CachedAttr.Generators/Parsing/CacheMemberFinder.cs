using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds the cache that a method uses: a field or property, else a parameter of the primary constructor, else the default one.</summary>
internal static class CacheMemberFinder
{
    private const string Default = "global::CachedAttr.Cache.Default";

    public static string? Find(MethodContext context)
    {
        if (context.FindValueMember(KnownTypes.IsCache) is { } member)
            return OrDefault(member, MemberAccess.Of(context.Method, member));
        if (context.FindPrimaryParameter(parameter => parameter.Type.IsCache()) is not { } primary)
            return Default;
        if (context.FindParameter(primary.Name) is null)
            return OrDefault(primary, Display.Identifier(primary.Name));
        context.Report(RuleIds.UnreachableCache, ProblemPlace.Parameter(primary.Name), primary.Name);
        return null;
    }

    private static string OrDefault(ISymbol symbol, string expression) =>
        MethodContext.TypeOf(symbol).NullableAnnotation == NullableAnnotation.Annotated ? $"({expression} ?? {Default})" : expression;
}
