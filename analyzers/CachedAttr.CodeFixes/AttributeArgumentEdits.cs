using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes;

/// <summary>Sets properties of attributes.</summary>
internal static class AttributeArgumentEdits
{
    /// <summary>The attribute with one more property, behind the others.</summary>
    public static AttributeSyntax Add(AttributeSyntax attribute, string name, ExpressionSyntax value)
    {
        var space = SyntaxFactory.Space;
        var equals = SyntaxFactory.Token([space], SyntaxKind.EqualsToken, [space]);
        var argument = SyntaxFactory.AttributeArgument(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(name), equals), nameColon: null, value);
        if (attribute.ArgumentList is not { Arguments: [.., var last] } list)
            return attribute.WithoutTrailingTrivia().WithArgumentList(SyntaxFactory.AttributeArgumentList([argument]).WithTrailingTrivia(attribute.GetTrailingTrivia()));

        // A list that ends on a line of its own goes on doing so.
        var nodes = list.Arguments.Replace(last, last.WithoutTrailingTrivia()).Add(argument.WithTrailingTrivia(last.GetTrailingTrivia()));
        var commas = list.Arguments.GetSeparators().Take(list.Arguments.Count - 1).Append(SyntaxFactory.Token([], SyntaxKind.CommaToken, [space]));
        return attribute.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList(nodes, commas)));
    }
}
