using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>What a Core has of the method whose work it does: result, parameters and type parameters, but nothing of how that one is called.</summary>
internal static class CoreSignature
{
    // Virtual, override, sealed and new are about the callers; partial is about the build.
    private static readonly SyntaxKind[] OfBody = [SyntaxKind.StaticKeyword, SyntaxKind.UnsafeKeyword, SyntaxKind.ReadOnlyKeyword, SyntaxKind.AsyncKeyword];

    public static MethodDeclarationSyntax Of(MethodDeclarationSyntax method, MethodContext parser, string name, FixSite site)
    {
        var modifiers = method.Modifiers.Select(modifier => modifier.Kind()).Where(kind => OfBody.Contains(kind)).Prepend(SyntaxKind.PrivateKeyword).ToList();
        var attributes = BodyAttributes.Of(method.AttributeLists, site).Select(list => list.WithTrailingTrivia(SyntaxFactory.Space));
        var identifier = SyntaxFactory.Identifier(Display.Identifier(name)).WithTriviaFrom(method.Identifier);
        var core = Modifiers.Replace(method, modifiers).WithIdentifier(identifier).WithParameterList(Parameters(method.ParameterList, site));
        core = parser.Method is { IsOverride: true, Arity: > 0 } ? WithConstraints(core, parser.Method) : core;
        core = core.WithAttributeLists(SyntaxFactory.List(attributes));
        return core.AttributeLists.Count > 0 ? core.WithModifiers(core.Modifiers.Replace(core.Modifiers[0], core.Modifiers[0].WithLeadingTrivia())) : core;
    }

    public static ParameterListSyntax Parameters(ParameterListSyntax list, FixSite site) =>
        list.WithParameters(SyntaxFactory.SeparatedList(list.Parameters.Select(parameter => Parameter(parameter, site)), list.Parameters.GetSeparators()));

    private static ParameterSyntax Parameter(ParameterSyntax parameter, FixSite site)
    {
        var kept = parameter.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ThisKeyword) && !modifier.IsKind(SyntaxKind.ParamsKeyword));
        return parameter
            .WithAttributeLists(SyntaxFactory.List(BodyAttributes.Of(parameter.AttributeLists, site)))
            .WithModifiers(SyntaxFactory.TokenList(kept))
            .WithDefault(null)
            .WithIdentifier(parameter.Default is null ? parameter.Identifier : parameter.Identifier.WithTrailingTrivia())
            .WithLeadingTrivia(parameter.GetLeadingTrivia())
            .WithTrailingTrivia(parameter.GetTrailingTrivia());
    }

    // An override inherits its constraints; its Core does not.
    private static MethodDeclarationSyntax WithConstraints(MethodDeclarationSyntax core, IMethodSymbol method)
    {
        var clauses = method.TypeParameters.Select(SignatureParser.Constraints).Where(text => text is not null).Select(text => Clause(text!)).ToList();
        var end = core.ConstraintClauses is [.., var last] ? last.GetTrailingTrivia() : core.ParameterList.GetTrailingTrivia();
        core = core.WithConstraintClauses(default);
        if (clauses.Count == 0)
            return core.WithParameterList(core.ParameterList.WithTrailingTrivia(end));
        clauses[clauses.Count - 1] = clauses[clauses.Count - 1].WithTrailingTrivia(end);
        return core.WithParameterList(core.ParameterList.WithTrailingTrivia(SyntaxFactory.Space)).WithConstraintClauses(SyntaxFactory.List(clauses));
    }

    private static TypeParameterConstraintClauseSyntax Clause(string text)
    {
        var parsed = (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"void M<T>() {text} ;")!;
        var clause = parsed.ConstraintClauses[0];
        return clause.ReplaceNodes(clause.Constraints.OfType<TypeConstraintSyntax>().Select(constraint => constraint.Type), static (type, _) => type.WithAdditionalAnnotations(Simplifier.Annotation));
    }
}
