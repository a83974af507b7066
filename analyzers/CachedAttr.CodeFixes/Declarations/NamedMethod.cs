using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>What a method must be like that a property of an attribute names.</summary>
/// <param name="Property"><c>When</c>, <c>Unless</c> or <c>KeyBuilder</c>.</param>
/// <param name="Returns">Its return type.</param>
/// <param name="Result">The result that it gets first; null if it gets none.</param>
/// <param name="NeedsResult">Whether it has to take it.</param>
internal sealed record NamedMethod(string Property, SpecialType Returns, ITypeSymbol? Result, bool NeedsResult)
{
    /// <summary>What the property of an argument asks for; null for properties that name no such method.</summary>
    public static NamedMethod? Of(AttributeArgumentSyntax argument, IMethodSymbol method)
    {
        SignatureParser.ReturnsOf(method.ReturnType, out var result);
        return argument.NameEquals?.Name.Identifier.ValueText switch
        {
            "When" => new("When", SpecialType.System_Boolean, method.HasAttribute("CachedAttribute") ? null : result, false),
            "Unless" when result is not null => new("Unless", SpecialType.System_Boolean, result, true),
            "KeyBuilder" => new("KeyBuilder", SpecialType.System_String, null, false),
            _ => null,
        };
    }

    /// <summary>Whether a method of a name would do.</summary>
    public bool IsMetBy(MethodContext parser, string name) =>
        NamedMethodFinder.Find(parser.For(parser.Method), name, Property, Returns, Result, NeedsResult) is not null;

    /// <summary>The parameters of one that is written for it: the result, if it is about that, else what is in the key.</summary>
    public IEnumerable<(ITypeSymbol Type, string Name)> Parameters(IMethodSymbol method) =>
        NeedsResult ? [(Result!, HoleParser.Result)] : KeyParser.KeyParameters(method).Select(parameter => (parameter.Type, parameter.Name));
}
