using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>Writes the body of a method that is still to be written.</summary>
internal static class NotImplemented
{
    public static ArrowExpressionClauseSyntax Body()
    {
        var arrow = SyntaxFactory.Token([SyntaxFactory.Space], SyntaxKind.EqualsGreaterThanToken, [SyntaxFactory.Space]);
        var exception = (ObjectCreationExpressionSyntax)SyntaxFactory.ParseExpression("new global::System.NotImplementedException()");
        exception = exception.WithType(exception.Type.WithAdditionalAnnotations(Simplifier.Annotation));
        return SyntaxFactory.ArrowExpressionClause(arrow, SyntaxFactory.ThrowExpression(SyntaxFactory.Token([], SyntaxKind.ThrowKeyword, [SyntaxFactory.Space]), exception));
    }
}
