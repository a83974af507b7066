using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CachedAttr.Analyzers;

/// <summary>Finds where in the source a parser's problem is.</summary>
internal static class PlaceLocator
{
    public static Location Find(MethodDeclarationSyntax method, IReadOnlyList<AttributeSyntax> attributes, ProblemPlace place) => place.Kind switch
    {
        PlaceKind.Parameter => method.ParameterList.Parameters.FirstOrDefault(parameter => parameter.Identifier.ValueText == place.Name)?.Identifier.GetLocation(),
        PlaceKind.Argument when place.Attribute < attributes.Count => Find(attributes[place.Attribute], place),
        _ => null,
    } ?? method.Identifier.GetLocation();

    private static Location Find(AttributeSyntax attribute, ProblemPlace place)
    {
        var arguments = attribute.ArgumentList?.Arguments ?? default;
        var argument = place.Name is null
            ? arguments.Where(candidate => candidate.NameEquals is null).ElementAtOrDefault(place.Index)
            : arguments.FirstOrDefault(candidate => candidate.NameEquals?.Name.Identifier.ValueText == place.Name);
        if (argument is null && place.Name is null && arguments.FirstOrDefault() is { NameEquals: null } first)
            argument = first;
        if (argument is null)
            return attribute.GetLocation();
        var expression = Element(argument.Expression, place.Index);
        return place.Length > 0 && expression is LiteralExpressionSyntax literal && Within(literal.Token, place) is { } span
            ? Location.Create(attribute.SyntaxTree, span)
            : expression.GetLocation();
    }

    // Patterns and tags may be written as an array.
    private static ExpressionSyntax Element(ExpressionSyntax expression, int index) => expression switch
    {
        CollectionExpressionSyntax collection when collection.Elements.ElementAtOrDefault(index) is ExpressionElementSyntax element => element.Expression,
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.ElementAtOrDefault(index) ?? expression,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.ElementAtOrDefault(index) ?? expression,
        _ => expression,
    };

    /// <summary>The part of a literal that a part of its value is written as; null where the two cannot be brought together.</summary>
    private static TextSpan? Within(SyntaxToken token, ProblemPlace place)
    {
        var starts = Starts(token);
        int end = place.Start + place.Length;
        return starts is null || end >= starts.Count ? null : TextSpan.FromBounds(token.SpanStart + starts[place.Start], token.SpanStart + starts[end]);
    }

    /// <summary>Where each character of the value begins in the text, and where the last one ends.</summary>
    private static List<int>? Starts(SyntaxToken token)
    {
        string text = token.Text, value = token.ValueText;
        bool isVerbatim = text.StartsWith("@", StringComparison.Ordinal), isRaw = text.StartsWith("\"\"\"", StringComparison.Ordinal);
        if (!token.IsKind(SyntaxKind.StringLiteralToken) && !token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken))
            return null;
        int position = isRaw ? text.Length - text.TrimStart('"').Length : isVerbatim ? 2 : 1;
        var starts = new List<int>(value.Length + 1);
        for (int i = 0; i < value.Length; i++)
        {
            starts.Add(position);
            position += isRaw ? 1 : isVerbatim ? (value[i] == '"' ? 2 : 1) : LengthOfEscape(text, position);
        }

        starts.Add(position);
        return starts;
    }

    private static int LengthOfEscape(string text, int position)
    {
        if (text[position] != '\\')
            return 1;
        switch (text[position + 1])
        {
            case 'u':
                return 6;
            case 'U':
                return 10;
            case 'x':
                int length = 2;
                while (length < 6 && Uri.IsHexDigit(text[position + length]))
                    length++;
                return length;
            default:
                return 2;
        }
    }
}
