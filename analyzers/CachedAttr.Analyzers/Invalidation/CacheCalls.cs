using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>Finds the calls of a <c>Cache</c>'s methods in the code of a whole compilation.</summary>
internal static class CacheCalls
{
    /// <summary>The calls of methods of some names, with their files' semantic models.</summary>
    public static IEnumerable<(InvocationExpressionSyntax Call, IMethodSymbol Method, SemanticModel Model)> Find(
        Compilation compilation, ISet<string> names, CancellationToken cancellationToken)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.IsGenerated())
                continue;
            var calls = tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().Where(call => names.Contains(NameOf(call))).ToList();
            if (calls.Count == 0)
                continue;
            var model = ModelOf(compilation, tree);
            foreach (var call in calls)
            {
                if (model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method && method.ContainingType.IsCache())
                    yield return (call, method, model);
            }
        }
    }

    /// <summary>The semantic model of a file.</summary>
    /// <remarks>An analyzer should not ask for one, because that binds code anew. Here it is done for the few files with such calls, once a compilation,
    /// and only when a rule has something to report otherwise.</remarks>
    public static SemanticModel ModelOf(Compilation compilation, SyntaxTree tree)
    {
#pragma warning disable RS1030
        return compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
    }

    private static string NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => "",
    };
}
