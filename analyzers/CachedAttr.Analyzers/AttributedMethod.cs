using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers;

/// <summary>A method that the user has declared with attributes of this library, and that the build implements.</summary>
internal sealed class AttributedMethod
{
    public const string CachedName = "CachedAttribute";
    public const string InvalidatingName = "InvalidateCacheAttribute";
    public const string PutName = "CachePutAttribute";

    private readonly SyntaxNodeAnalysisContext _context;

    private AttributedMethod(SyntaxNodeAnalysisContext context, MethodDeclarationSyntax syntax, IMethodSymbol symbol)
    {
        _context = context;
        Syntax = syntax;
        Symbol = symbol;
        Cached = symbol.FindAttribute(CachedName);
        Invalidating = Data(symbol, InvalidatingName);
        Puts = Data(symbol, PutName);
    }

    public MethodDeclarationSyntax Syntax { get; }

    public IMethodSymbol Symbol { get; }

    /// <summary>Its <c>[Cached]</c>, if it has one.</summary>
    public AttributeData? Cached { get; }

    /// <summary>Its <c>[InvalidateCache]</c>s, in the order written.</summary>
    public IReadOnlyList<AttributeData> Invalidating { get; }

    /// <summary>Its <c>[CachePut]</c>s, in the order written.</summary>
    public IReadOnlyList<AttributeData> Puts { get; }

    /// <summary>Whether it changes what is cached.</summary>
    public bool IsInvalidating => Invalidating.Count + Puts.Count > 0;

    /// <summary>The method of a declaration; null if it is none of ours.</summary>
    public static AttributedMethod? Of(SyntaxNodeAnalysisContext context)
    {
        var syntax = (MethodDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0
            || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not IMethodSymbol symbol || IsWrittenByHand(symbol))
        {
            return null;
        }

        var method = new AttributedMethod(context, syntax, symbol);
        return method.Cached is null && !method.IsInvalidating ? null : method;
    }

    /// <summary>What the parsers of the generator need.</summary>
    public MethodContext Parser() => new(Symbol, Syntax, _context.Compilation, _context.CancellationToken);

    /// <summary>Reports at a place of the <c>[Cached]</c>, or at the method.</summary>
    public void Report(DiagnosticDescriptor rule, ProblemPlace place, params object[] arguments) =>
        _context.ReportDiagnostic(Diagnostic.Create(rule, Locate(CachedName, place), arguments));

    /// <summary>Where a place is in the attributes of a name.</summary>
    public Location Locate(string attribute, ProblemPlace place) => PlaceLocator.Find(Syntax, Attributes(attribute), place, _context.SemanticModel);

    /// <summary>Where the first attribute of a name is.</summary>
    public Location LocateAttribute(string name) => Attributes(name) is [var attribute, ..] ? attribute.GetLocation() : Syntax.Identifier.GetLocation();

    /// <summary>The attributes of a name as they are written.</summary>
    public IReadOnlyList<AttributeSyntax> Attributes(string name) =>
    [
        .. Syntax.AttributeLists.SelectMany(list => list.Attributes)
            .Where(attribute => _context.SemanticModel.GetSymbolInfo(attribute, _context.CancellationToken).Symbol?.ContainingType.Name == name),
    ];

    /// <summary>The attributes of a name on a method.</summary>
    public static IReadOnlyList<AttributeData> Data(IMethodSymbol method, string name) =>
        [.. method.GetAttributes().Where(attribute => attribute.AttributeClass is { } type && type.Is("CachedAttr", name))];

    /// <summary>The method of a declaration with our attributes that the user has implemented: nothing is generated, and nothing cached.</summary>
    public static IMethodSymbol? WrittenByHand(SyntaxNodeAnalysisContext context)
    {
        var syntax = (MethodDeclarationSyntax)context.Node;
        if (syntax.AttributeLists.Count == 0 || !syntax.Modifiers.Any(SyntaxKind.PartialKeyword)
            || context.SemanticModel.GetDeclaredSymbol(syntax, context.CancellationToken) is not IMethodSymbol symbol || !IsWrittenByHand(symbol))
        {
            return null;
        }

        // The attributes of both halves are one list; only one of them has ours.
        var method = new AttributedMethod(context, syntax, symbol);
        return ((string[])[CachedName, InvalidatingName, PutName]).Any(name => method.Attributes(name).Count > 0) ? symbol : null;
    }

    // The generated half's file says what it is.
    private static bool IsWrittenByHand(IMethodSymbol method) => method.PartialDefinitionPart is not null
        || (method.PartialImplementationPart is { } half && !half.DeclaringSyntaxReferences.Any(static reference => reference.SyntaxTree.IsGenerated()));
}
