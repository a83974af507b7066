using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace CachedAttr.CodeFixes.Keys;

/// <summary>Puts an attribute of this library on a parameter.</summary>
internal static class ParameterMarks
{
    public static Edit Add(string title, string attribute, ParameterSyntax parameter) =>
        new(title, attribute, parameter, editor => editor.ReplaceNode(parameter, (current, _) => Add((ParameterSyntax)current, attribute)));

    private static ParameterSyntax Add(ParameterSyntax parameter, string attribute)
    {
        // In full, and shortened as far as the file's usings allow.
        var name = SyntaxFactory.ParseName($"global::CachedAttr.{attribute}Attribute").WithAdditionalAnnotations(Simplifier.Annotation);
        var list = SyntaxFactory.AttributeList([SyntaxFactory.Attribute(name)]).WithTrailingTrivia(SyntaxFactory.Space);
        if (parameter.AttributeLists.Count > 0)
            return parameter.WithAttributeLists(parameter.AttributeLists.Add(list));
        return parameter.WithoutLeadingTrivia().WithAttributeLists([list]).WithLeadingTrivia(parameter.GetLeadingTrivia());
    }
}
