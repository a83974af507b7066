using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CachedAttr.Analyzers;

/// <summary>Finds where in the source a parser's problem is.</summary>
internal static class PlaceLocator
{
    public static Location Find(MethodDeclarationSyntax method, IReadOnlyList<AttributeSyntax> attributes, ProblemPlace place, SemanticModel model) => place.Kind switch
    {
        PlaceKind.Parameter => method.ParameterList.Parameters.FirstOrDefault(parameter => parameter.Identifier.ValueText == place.Name)?.Identifier.GetLocation(),
        PlaceKind.Argument when place.Attribute < attributes.Count => Find(attributes[place.Attribute], place, model),
        _ => null,
    } ?? method.Identifier.GetLocation();

    private static Location Find(AttributeSyntax attribute, ProblemPlace place, SemanticModel model)
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
        return place.Length > 0 && ConstantText.Places(expression, model) is { } places && place.Start + place.Length <= places.Count
            ? Between(places[place.Start], places[place.Start + place.Length - 1], attribute.SyntaxTree)
            : expression.GetLocation();
    }

    // What begins in one constant and ends in another is marked where both are used.
    private static Location Between(TextPlace first, TextPlace last, SyntaxTree tree) => first.Writer == last.Writer
        ? Location.Create(first.Writer.SyntaxTree, TextSpan.FromBounds(first.Span.Start, last.Span.End))
        : Location.Create(tree, TextSpan.FromBounds(first.Here.Start, last.Here.End));

    // Patterns and tags may be written as an array.
    private static ExpressionSyntax Element(ExpressionSyntax expression, int index) => expression switch
    {
        CollectionExpressionSyntax collection when collection.Elements.ElementAtOrDefault(index) is ExpressionElementSyntax element => element.Expression,
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions.ElementAtOrDefault(index) ?? expression,
        ImplicitArrayCreationExpressionSyntax array => array.Initializer.Expressions.ElementAtOrDefault(index) ?? expression,
        _ => expression,
    };
}
