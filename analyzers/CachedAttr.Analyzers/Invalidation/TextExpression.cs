using CachedAttr.Analyzers.Languages;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>Finds out what texts an expression can have: constants, interpolations, concatenations, and locals that are one of these.</summary>
internal static class TextExpression
{
    /// <summary>The texts; null if nothing is known of them.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="model">The semantic model of its file.</param>
    /// <param name="literal">What is made of a constant text: itself, or what it matches as a pattern.</param>
    public static Language? Find(ExpressionSyntax expression, SemanticModel model, Func<string, Language> literal)
    {
        if (model.GetConstantValue(expression).Value is string text)
            return literal(text);
        return expression switch
        {
            InterpolatedStringExpressionSyntax interpolated => Language.Then([.. interpolated.Contents.Select(part => Part(part, model, literal))]),
            BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Sum(sum, model, literal),
            ParenthesizedExpressionSyntax inner => Find(inner.Expression, model, literal),
            IdentifierNameSyntax name => Initializer(name, model) is { } value ? Find(value, model, literal) : null,
            _ => null,
        };
    }

    /// <summary>The elements of a collection that is written out; null if it is not.</summary>
    public static IReadOnlyList<ExpressionSyntax>? Elements(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax { Elements: var elements } when elements.All(element => element is ExpressionElementSyntax) =>
            [.. elements.Select(element => ((ExpressionElementSyntax)element).Expression)],
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => [.. initializer.Expressions],
        _ => null,
    };

    private static Language Part(InterpolatedStringContentSyntax part, SemanticModel model, Func<string, Language> literal) => part switch
    {
        InterpolatedStringTextSyntax text => literal(text.TextToken.ValueText),
        InterpolationSyntax hole => Find(hole.Expression, model, literal) ?? Glob.Anything,
        _ => Glob.Anything,
    };

    private static Language? Sum(BinaryExpressionSyntax sum, SemanticModel model, Func<string, Language> literal)
    {
        var (left, right) = (Find(sum.Left, model, literal), Find(sum.Right, model, literal));
        return left is null && right is null ? null : Language.Then(left ?? Glob.Anything, right ?? Glob.Anything);
    }

    // A local that is never assigned again.
    private static ExpressionSyntax? Initializer(IdentifierNameSyntax name, SemanticModel model) =>
        model.GetSymbolInfo(name).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var reference] }
        && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value } declarator
        && declarator.FirstAncestorOrSelf<BlockSyntax>()?.DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Any(assignment => assignment.Left is IdentifierNameSyntax target && target.Identifier.ValueText == name.Identifier.ValueText) == false
            ? value : null;
}
