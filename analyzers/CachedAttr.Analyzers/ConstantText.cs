using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CachedAttr.Analyzers;

/// <summary>Where each character of a constant string is written: in literals of every kind, in sums and interpolations of them, in the constants that it uses.</summary>
internal static class ConstantText
{
    /// <summary>The place of each character of an expression's value; null where they cannot be told.</summary>
    public static IReadOnlyList<TextPlace>? Places(ExpressionSyntax expression, SemanticModel model) => expression switch
    {
        LiteralExpressionSyntax { Token: var token } => Written(expression, OfLiteral(token)),
        ParenthesizedExpressionSyntax { Expression: var inner } => Places(inner, model),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum => Join([Places(sum.Left, model), Places(sum.Right, model)]),
        InterpolatedStringExpressionSyntax { StringStartToken.RawKind: (int)SyntaxKind.InterpolatedStringStartToken } text =>
            Join([.. text.Contents.Select(part => OfPart(text, part, model))]),
        _ => OfConstant(expression, expression.Span, model),
    };

    private static IReadOnlyList<TextPlace>? OfPart(ExpressionSyntax text, InterpolatedStringContentSyntax part, SemanticModel model) => part switch
    {
        InterpolatedStringTextSyntax { TextToken: var token } => Written(
            text, OfText(token.Text, token.ValueText.Replace("{{", "{").Replace("}}", "}"), token.SpanStart, 0, isVerbatim: false, areBracesDoubled: true)),
        InterpolationSyntax hole => OfConstant(hole.Expression, hole.Span, model),
        _ => null,
    };

    /// <summary>In the constant's own declaration, if it is in this project's source and written there in a way that can be followed; else as a whole where it is used.</summary>
    private static IReadOnlyList<TextPlace>? OfConstant(ExpressionSyntax use, TextSpan here, SemanticModel model)
    {
        if (model.GetConstantValue(use).Value is not string value)
            return null;
        if (Declaration(model.GetSymbolInfo(use).Symbol) is { } declared && Places(declared, ModelOf(declared.SyntaxTree, model)) is { } places && places.Count == value.Length)
            return [.. places.Select(place => place with { Here = here })];
        return [.. Enumerable.Repeat(new TextPlace(here, use, here), value.Length)];
    }

    private static ExpressionSyntax? Declaration(ISymbol? symbol) => symbol is IFieldSymbol { HasConstantValue: true } or ILocalSymbol { HasConstantValue: true }
        ? (symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as VariableDeclaratorSyntax)?.Initializer?.Value
        : null;

    // Only to place what is being reported: nothing is computed for a project without mistakes.
#pragma warning disable RS1030
    private static SemanticModel ModelOf(SyntaxTree tree, SemanticModel model) => tree == model.SyntaxTree ? model : model.Compilation.GetSemanticModel(tree);
#pragma warning restore RS1030

    private static List<TextPlace>? Written(ExpressionSyntax writer, List<TextSpan>? spans) => spans?.ConvertAll(span => new TextPlace(span, writer, span));

    private static List<TextPlace>? Join(IReadOnlyList<TextPlace>?[] parts) => parts.Any(part => part is null) ? null : [.. parts.SelectMany(part => part!)];

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

/// <summary>Where a character of a constant string is.</summary>
/// <param name="Here">Where it is used, in the expression that was asked for.</param>
/// <param name="Writer">The literal or text that it is written in.</param>
/// <param name="Span">Where it is in that one's file.</param>
internal readonly record struct TextPlace(TextSpan Here, ExpressionSyntax Writer, TextSpan Span);
