using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CachedAttr.Analyzers;

/// <summary>Where each character of a constant string is written: in literals of every kind, in sums and interpolations of them, in constants that it uses.</summary>
internal static class ConstantText
{
    /// <summary>The place of each character of an expression's value; null where they cannot be told.</summary>
    public static IReadOnlyList<TextSpan>? Places(ExpressionSyntax expression, SemanticModel model) => expression switch
    {
        LiteralExpressionSyntax { Token: var token } => OfLiteral(token),
        ParenthesizedExpressionSyntax { Expression: var inner } => Places(inner, model),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Join([Places(sum.Left, model), Places(sum.Right, model)]),
        InterpolatedStringExpressionSyntax { StringStartToken.RawKind: (int)SyntaxKind.InterpolatedStringStartToken } text =>
            Join([.. text.Contents.Select(part => OfPart(part, model))]),
        _ => model.GetConstantValue(expression).Value is string value ? [.. Enumerable.Repeat(expression.Span, value.Length)] : null,
    };

    private static List<TextSpan>? OfPart(InterpolatedStringContentSyntax part, SemanticModel model) => part switch
    {
        InterpolatedStringTextSyntax { TextToken: var token } => OfText(token.Text, token.ValueText.Replace("{{", "{").Replace("}}", "}"), token.SpanStart, 0, isVerbatim: false, areBracesDoubled: true),
        InterpolationSyntax hole => model.GetConstantValue(hole.Expression).Value is string value ? [.. Enumerable.Repeat(hole.Span, value.Length)] : null,
        _ => null,
    };

    private static List<TextSpan>? Join(IReadOnlyList<TextSpan>?[] parts) => parts.Any(part => part is null) ? null : [.. parts.SelectMany(part => part!)];

    private static List<TextSpan>? OfLiteral(SyntaxToken token)
    {
        string text = token.Text, value = token.ValueText;
        switch (token.Kind())
        {
            case SyntaxKind.StringLiteralToken:
                bool isVerbatim = text.StartsWith("@", StringComparison.Ordinal);
                return OfText(text, value, token.SpanStart, isVerbatim ? 2 : 1, isVerbatim, areBracesDoubled: false);

            // A key has no line breaks, so that what is in a raw string is one line, as it is.
            case SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken:
                int start = text.IndexOf(value, StringComparison.Ordinal);
                return start < 0 ? null : [.. Enumerable.Range(start, value.Length).Select(i => new TextSpan(token.SpanStart + i, 1))];
            default:
                return null;
        }
    }

    private static List<TextSpan>? OfText(string text, string value, int offset, int position, bool isVerbatim, bool areBracesDoubled)
    {
        var places = new List<TextSpan>(value.Length);
        while (places.Count < value.Length)
        {
            if (position >= text.Length)
                return null;
            char c = value[places.Count];
            bool isDoubled = isVerbatim ? c == '"' : areBracesDoubled && c is '{' or '}';
            int length = isDoubled ? 2 : isVerbatim ? 1 : LengthOfEscape(text, position);

            // \U may stand for two characters of the value.
            int characters = length == 10 && char.IsHighSurrogate(c) ? 2 : 1;
            for (int i = 0; i < characters; i++)
                places.Add(new(offset + position, length));
            position += length;
        }

        return places;
    }

    private static int LengthOfEscape(string text, int position)
    {
        if (text[position] != '\\' || position + 1 >= text.Length)
            return 1;
        switch (text[position + 1])
        {
            case 'u':
                return 6;
            case 'U':
                return 10;
            case 'x':
                int length = 2;
                while (length < 6 && position + length < text.Length && Uri.IsHexDigit(text[position + length]))
                    length++;
                return length;
            default:
                return 2;
        }
    }
}
