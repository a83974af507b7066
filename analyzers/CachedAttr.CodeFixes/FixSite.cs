using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes;

/// <summary>Where a diagnostic is, and what is known there.</summary>
internal sealed record FixSite(Diagnostic Diagnostic, SyntaxNode Root, SemanticModel Model, CancellationToken CancellationToken)
{
    /// <summary>The innermost node at the diagnostic.</summary>
    public SyntaxNode Node { get; } = Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    /// <summary>The declaration that the diagnostic is about or in.</summary>
    public MethodDeclarationSyntax? Method => Node.FirstAncestorOrSelf<MethodDeclarationSyntax>();

    public static async Task<FixSite?> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        bool isHere = root is not null && model is not null && root.FullSpan.Contains(diagnostic.Location.SourceSpan);
        return isHere ? new(diagnostic, root!, model!, cancellationToken) : null;
    }

    /// <summary>What the parsers need to know of a method; null if the compiler makes nothing of it.</summary>
    public MethodContext? Parser(MethodDeclarationSyntax method) =>
        Model.GetDeclaredSymbol(method, CancellationToken) is { } symbol ? new(symbol, method, Model.Compilation, CancellationToken) : null;

    /// <summary>The line breaks of the document.</summary>
    public SyntaxTrivia NewLine()
    {
        var first = Root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return first.IsKind(SyntaxKind.EndOfLineTrivia) ? first : SyntaxFactory.LineFeed;
    }
}
