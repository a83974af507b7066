using CachedAttr.Analyzers.Suppressors;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>Brings a Core's parameters together with those of its method, so that its body still finds what it uses.</summary>
internal static class CoreParameters
{
    /// <summary>The parameters that the Core has to have; null where the body would lose one, or get one of a type that it cannot use.</summary>
    public static ParameterListSyntax? Match(FixSite site, MethodContext parser, IMethodSymbol core, MethodDeclarationSyntax syntax)
    {
        var wanted = parser.Method.Parameters;
        var all = core.Arity == 0 ? core.Parameters : core.Construct([.. parser.Method.TypeArguments]).Parameters;
        var given = all.RemoveAll(GeneratedUse.IsEntryContext);
        bool byName = given.All(parameter => wanted.Any(other => other.Name == parameter.Name));
        if (!byName && given.Length != wanted.Length)
            return null;
        var declared = CoreSignature.Parameters(parser.Syntax.ParameterList, site).Parameters;
        var result = new List<ParameterSyntax>();
        for (int i = 0; i < wanted.Length; i++)
        {
            var own = byName ? given.FirstOrDefault(parameter => parameter.Name == wanted[i].Name) : given[i];
            if (own is not null && !IsUsableAs(parser, wanted[i], own))
                return null;
            var bare = declared[i].WithoutTrivia();
            result.Add(own is null ? bare : WithType(syntax.ParameterList.Parameters[own.Ordinal], bare));
        }

        // What it tells the cache of the value comes last.
        result.AddRange(all.Where(GeneratedUse.IsEntryContext).Select(parameter => syntax.ParameterList.Parameters[parameter.Ordinal].WithoutTrivia()));
        var commas = Enumerable.Repeat(SyntaxFactory.Token([], SyntaxKind.CommaToken, [SyntaxFactory.Space]), Math.Max(0, result.Count - 1));
        return syntax.ParameterList.WithParameters(SyntaxFactory.SeparatedList(result, commas));
    }

    private static bool IsUsableAs(MethodContext parser, IParameterSymbol wanted, IParameterSymbol own) =>
        wanted.RefKind == own.RefKind && (SymbolEqualityComparer.Default.Equals(wanted.Type, own.Type)
            ? Nullability.Fits(wanted.Type, own.Type)
            : own.RefKind == RefKind.None && parser.Compilation.HasImplicitConversion(wanted.Type, own.Type));

    // What a default value would be for, the method's own declaration has.
    private static ParameterSyntax WithType(ParameterSyntax own, ParameterSyntax wanted)
    {
        var bare = own.WithoutTrivia();
        if (bare.Default is not null)
            bare = bare.WithDefault(null).WithIdentifier(bare.Identifier.WithTrailingTrivia());
        return bare.WithType(wanted.Type!.WithTriviaFrom(bare.Type!));
    }
}
