using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CachedAttr.Analyzers.Loaders;

/// <summary>Reports calls of a <c>{Name}Core</c>: they go past the cache, or past the invalidation.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LoaderCallAnalyzer : SourceAnalyzer
{
    private const string Core = "Core";
    private const string Async = "Async";
    private static readonly string[] Attributes = [AttributedMethod.CachedName, AttributedMethod.InvalidatingName, AttributedMethod.PutName];

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.CoreCalled];

    private protected override void Register(AnalysisContext context)
    {
        context.RegisterOperationAction(static operation => Analyze(operation, ((IInvocationOperation)operation.Operation).TargetMethod, ((IInvocationOperation)operation.Operation).Instance), OperationKind.Invocation);
        context.RegisterOperationAction(static operation => Analyze(operation, ((IMethodReferenceOperation)operation.Operation).Method, ((IMethodReferenceOperation)operation.Operation).Instance), OperationKind.MethodReference);
    }

    private static void Analyze(OperationAnalysisContext context, IMethodSymbol target, IOperation? instance)
    {
        if (NameOfMethod(target.Name) is not { } name || context.Operation.Syntax.SyntaxTree.IsGenerated() || context.Operation.Parent is INameOfOperation)
            return;

        // An override builds upon its base, and a load may need another of the same kind: a parent, the page before.
        bool isBase = instance is IInstanceReferenceOperation { Syntax: BaseExpressionSyntax };
        if (isBase || SymbolEqualityComparer.Default.Equals(context.ContainingSymbol.OriginalDefinition, target.OriginalDefinition))
            return;
        if (Find(target, name) is { } method)
        {
            string harm = method.HasAttribute(AttributedMethod.CachedName) ? "goes past the cache"
                : method.HasAttribute(AttributedMethod.InvalidatingName) ? "goes past the invalidation, so old values stay"
                : "goes past the cache, which keeps the old value";
            context.ReportDiagnostic(Diagnostic.Create(Rules.CoreCalled, Place(context.Operation.Syntax), target.Name, harm, method.Name));
        }
    }

    /// <summary><c>GetCoreAsync</c> → <c>GetAsync</c>; null for other names.</summary>
    private static string? NameOfMethod(string loader)
    {
        string async = loader.EndsWith(Async, StringComparison.Ordinal) ? Async : "";
        string name = loader.Substring(0, loader.Length - async.Length);
        return name.Length > Core.Length && name.EndsWith(Core, StringComparison.Ordinal) ? name.Substring(0, name.Length - Core.Length) + async : null;
    }

    private static IMethodSymbol? Find(IMethodSymbol target, string name) => target.ContainingType.OriginalDefinition.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(
        method => Attributes.Any(attribute => method.HasAttribute(attribute)) && LoaderFinder.Arguments(target.OriginalDefinition, method) is not null && IsLoadedBy(method, target));

    private static bool IsLoadedBy(IMethodSymbol method, IMethodSymbol target) =>
        method.FindAttribute(AttributedMethod.CachedName)?.Named("Loader") is not string loader || loader == target.Name;

    private static Location Place(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.GetLocation(),
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name.GetLocation(),
        InvocationExpressionSyntax call => call.Expression.GetLocation(),
        MemberAccessExpressionSyntax access => access.Name.GetLocation(),
        _ => syntax.GetLocation(),
    };
}
