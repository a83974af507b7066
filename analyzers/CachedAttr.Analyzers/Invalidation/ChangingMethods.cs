using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>Finds the methods with <c>[InvalidateCache]</c> and <c>[CachePut]</c> of a whole compilation.</summary>
internal static class ChangingMethods
{
    public static IEnumerable<InvalidatingMethodModel> Find(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees.Where(tree => !tree.IsGenerated()))
        {
            var methods = tree.GetRoot(cancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>().Where(HasAttribute).ToList();
            if (methods.Count == 0)
                continue;
            var model = CacheCalls.ModelOf(compilation, tree);
            foreach (var syntax in methods)
            {
                if (ModelExtensions.GetDeclaredSymbol(model, syntax, cancellationToken) is IMethodSymbol method
                    && InvalidatingMethodParser.Parse(new(method, syntax, compilation, cancellationToken)).Model is { } changing)
                {
                    yield return changing;
                }
            }
        }
    }

    private static bool HasAttribute(MethodDeclarationSyntax method) => method.AttributeLists.SelectMany(list => list.Attributes)
        .Select(attribute => attribute.Name.ToString()).Any(name => name.Contains("InvalidateCache") || name.Contains("CachePut"));
}
