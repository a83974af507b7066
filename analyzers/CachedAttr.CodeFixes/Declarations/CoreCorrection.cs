using CachedAttr.Analyzers.Suppressors;
using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>A Core that is there under another signature, and the one that it has to have.</summary>
/// <param name="Core">What is there.</param>
/// <param name="ReturnType">What it has to return.</param>
/// <param name="Parameters">What it has to take.</param>
internal sealed record CoreCorrection(MethodDeclarationSyntax Core, TypeSyntax ReturnType, ParameterListSyntax Parameters)
{
    /// <summary>The correction; null where there is no such method, it may be meant for another one, or its body would not fit.</summary>
    public static CoreCorrection? Find(FixSite site, MethodContext parser)
    {
        string name = CoreName.Wanted(parser.Method);
        if (Only(parser, name) is not { } core || core.IsStatic != parser.Method.IsStatic || !HaveSameTypeParameters(core, parser.Method)
            || core.DeclaringSyntaxReferences is not [var reference] || reference.SyntaxTree != parser.Syntax.SyntaxTree
            || reference.GetSyntax(parser.CancellationToken) is not MethodDeclarationSyntax syntax || !ReturnsWhatFits(parser, core))
        {
            return null;
        }

        return CoreParameters.Match(site, parser, core, syntax) is { } parameters ? new(syntax, parser.Syntax.ReturnType, parameters) : null;
    }

    public MethodDeclarationSyntax Apply(MethodDeclarationSyntax core) =>
        core.WithReturnType(ReturnType.WithTriviaFrom(core.ReturnType)).WithParameterList(Parameters.WithTriviaFrom(core.ParameterList));

    private static IMethodSymbol? Only(MethodContext parser, string name)
    {
        bool isShared = parser.Type.GetMembers().OfType<IMethodSymbol>()
            .Any(other => !SymbolEqualityComparer.Default.Equals(other, parser.Method) && GeneratedUse.IsAskedFor(other) && CoreName.Wanted(other) == name);
        return !isShared && parser.Type.GetMembers(name) is [IMethodSymbol only] ? only : null;
    }

    private static bool HaveSameTypeParameters(IMethodSymbol one, IMethodSymbol other) =>
        one.TypeParameters.Select(parameter => parameter.Name).SequenceEqual(other.TypeParameters.Select(parameter => parameter.Name));

    // What the body returns has to convert to what is to be returned.
    private static bool ReturnsWhatFits(MethodContext parser, IMethodSymbol core)
    {
        var returns = parser.Method.ReturnType;
        var given = core.Arity == 0 ? core.ReturnType : core.Construct([.. parser.Method.TypeArguments]).ReturnType;
        if (!core.IsAsync)
            return parser.Compilation.HasImplicitConversion(given, returns) && KeepsNulls(given, returns)
                && given.SpecialType == SpecialType.System_Void == (returns.SpecialType == SpecialType.System_Void);
        bool isTask = SignatureParser.ReturnsOf(returns, out var wanted) != ReturnKind.Value;
        SignatureParser.ReturnsOf(given, out var result);
        return isTask && (wanted is null) == (result is null) && (wanted is null || (parser.Compilation.HasImplicitConversion(result, wanted) && KeepsNulls(result!, wanted)));
    }

    // A body that may return null needs more than another signature.
    private static bool KeepsNulls(ITypeSymbol given, ITypeSymbol wanted) =>
        !SymbolEqualityComparer.Default.Equals(given, wanted) || Nullability.Fits(given, wanted);
}
