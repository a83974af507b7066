using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Keys;

/// <summary>Changes a template where it is written: within the quotes of whatever kind of literal it is.</summary>
internal static class TemplateText
{
    /// <summary>Adds a hole at the end.</summary>
    /// <param name="argument">The attribute's argument.</param>
    /// <param name="name">The hole.</param>
    /// <param name="value">The template; null if it is not known but ends in a hole.</param>
    public static AttributeArgumentSyntax Append(AttributeArgumentSyntax argument, string name, string? value)
    {
        // Punctuation at the end is the separator that the author wants.
        bool isSeparated = value is { Length: > 0 } && value[value.Length - 1] != '}' && KeyTemplateParser.CanDelimit(value[value.Length - 1]);
        string text = (isSeparated ? "" : ":") + "{" + name + "}";
        return argument.WithExpression(Append(argument.Expression.WithoutTrivia(), text).WithTriviaFrom(argument.Expression));
    }

    /// <summary>Whether a hole is written out somewhere in an expression.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="hole">The hole, without what follows its name.</param>
    public static bool Contains(ExpressionSyntax expression, string hole) => Texts(expression).Any(text => IndexOf(text.ToString(), hole) >= 0);

    /// <summary>Writes another hole in the first literal in which one is written.</summary>
    /// <param name="expression">The template as it is written.</param>
    /// <param name="hole">The hole, without what follows its name.</param>
    /// <param name="meant">The other one.</param>
    public static ExpressionSyntax Replace(ExpressionSyntax expression, string hole, string meant)
    {
        if (Texts(expression).FirstOrDefault(candidate => IndexOf(candidate.ToString(), hole) >= 0) is not { } found)
            return expression;
        string text = found.ToString();
        for (int index = IndexOf(text, hole); index >= 0; index = IndexOf(text, hole, index + meant.Length))
            text = text.Remove(index, hole.Length).Insert(index, meant);
        return expression.ReplaceNode(found, Parse(text, found));
    }

    /// <summary>Inserts text into a literal.</summary>
    public static ExpressionSyntax Insert(ExpressionSyntax expression, int position, string text) =>
        Parse(expression.ToString().Insert(position, text), expression);

    // The annotations are those by which an editor finds what it has changed.
    private static ExpressionSyntax Parse(string text, ExpressionSyntax replaced) =>
        replaced.CopyAnnotationsTo(SyntaxFactory.ParseExpression(text).WithTriviaFrom(replaced));

    /// <summary>The literal with another text, of the same kind where that can hold it.</summary>
    public static LiteralExpressionSyntax Rewrite(LiteralExpressionSyntax literal, string text)
    {
        string quotes = literal.Token.Text.Substring(0, literal.Token.Text.TakeWhile(character => character is '@' or '"').Count());
        bool isPlain = literal.Token.ValueText.Length > 0 && literal.Token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken && !text.Contains('"') && !text.Contains('\\');
        var token = isPlain ? SyntaxFactory.ParseToken(quotes + text + quotes.TrimStart('@')) : SyntaxFactory.Literal(text);
        return literal.WithToken(token.WithTriviaFrom(literal.Token));
    }

    private static IEnumerable<ExpressionSyntax> Texts(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().OfType<ExpressionSyntax>()
        .Where(node => node is InterpolatedStringExpressionSyntax || node.IsKind(SyntaxKind.StringLiteralExpression));

    private static int IndexOf(string text, string hole, int start = 0)
    {
        int index = start - 1;
        do
            index = text.IndexOf(hole, index + 1, StringComparison.Ordinal);
        while (index >= 0 && index + hole.Length < text.Length && text[index + hole.Length] is not ('}' or ':'));
        return index;
    }

    private static ExpressionSyntax Append(ExpressionSyntax expression, string text) => expression switch
    {
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => Insert(literal, EndOfText(literal.Token), text),
        InterpolatedStringExpressionSyntax interpolated when Escaped(interpolated, text) is { } escaped => Insert(interpolated, EndOfText(interpolated), escaped),
        BinaryExpressionSyntax { Right: LiteralExpressionSyntax } sum when sum.IsKind(SyntaxKind.AddExpression) => sum.WithRight(Append(sum.Right, text)),
        ConditionalExpressionSyntax or AssignmentExpressionSyntax => Plus(SyntaxFactory.ParenthesizedExpression(expression), text),
        _ => Plus(expression, text),
    };

    private static BinaryExpressionSyntax Plus(ExpressionSyntax left, string text) =>
        (BinaryExpressionSyntax)SyntaxFactory.ParseExpression(left.ToString() + " + \"" + text + "\"");

    private static int EndOfText(SyntaxToken literal) => literal.Kind() switch
    {
        SyntaxKind.MultiLineRawStringLiteralToken => EndOfLastLine(literal.Text),
        SyntaxKind.SingleLineRawStringLiteralToken => literal.Text.TrimEnd('"').Length,
        _ => literal.Text.Length - 1,
    };

    private static int EndOfText(InterpolatedStringExpressionSyntax interpolated)
    {
        int end = interpolated.StringEndToken.SpanStart - interpolated.SpanStart;
        return interpolated.StringStartToken.IsKind(SyntaxKind.InterpolatedMultiLineRawStringStartToken) ? EndOfLastLine(interpolated.ToString()) : end;
    }

    // The closing quotes of a raw literal stand on a line of their own, the break before which is not part of the text.
    private static int EndOfLastLine(string text)
    {
        int end = text.LastIndexOf('\n');
        return end > 0 && text[end - 1] == '\r' ? end - 1 : end;
    }

    /// <summary>The text as it has to be written there; null if it cannot be.</summary>
    private static string? Escaped(InterpolatedStringExpressionSyntax interpolated, string text)
    {
        string start = interpolated.StringStartToken.Text;
        bool isRaw = start.Contains("\"\"\"");
        int dollars = start.TrimStart('@').TakeWhile(character => character == '$').Count();
        return !isRaw ? text.Replace("{", "{{").Replace("}", "}}") : dollars > 1 ? text : null;
    }
}
