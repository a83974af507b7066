using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>Finds the attributes that the compiler reads together with a body: they stay on the declaration, and the Core has them too.</summary>
/// <remarks>What may be null (<c>[return: MaybeNull]</c>), what trimming may remove, which obsolete members may be called, and how an async method is built.</remarks>
internal static class BodyAttributes
{
    public static IEnumerable<AttributeListSyntax> Of(SyntaxList<AttributeListSyntax> lists, FixSite site)
    {
        foreach (var list in lists)
        {
            var kept = list.Attributes.Where(attribute => IsAboutBody(attribute, site)).ToList();
            if (kept.Count > 0)
                yield return list.WithAttributes(SyntaxFactory.SeparatedList(kept));
        }
    }

    private static bool IsAboutBody(AttributeSyntax attribute, FixSite site)
    {
        if (site.Model.GetSymbolInfo(attribute, site.CancellationToken).Symbol?.ContainingType is not { } type)
            return false;
        return type.ContainingNamespace.ToDisplayString() == "System.Diagnostics.CodeAnalysis"
            || type.Name is "ObsoleteAttribute" or "AsyncMethodBuilderAttribute";
    }
}
