using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Generators.Parsing;

/// <summary>Reads a method's declaration, as far as cached and invalidating methods have it in common.</summary>
internal static class SignatureParser
{
    public static MethodModel? Parse(MethodContext context, string? loaderName)
    {
        var method = context.Method;

        // Code that is being typed: the compiler says what is wrong with it.
        if (method.Parameters.Select(parameter => parameter.Name).Distinct().Count() < context.Syntax.ParameterList.Parameters.Count)
            return null;
        if (!context.Syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
            context.Report(RuleIds.MethodNotPartial, ProblemPlace.Method, method.Name, "has to be partial", loaderName ?? LoaderFinder.DefaultName(method.Name));
        if (method.ReturnsByRef || method.ReturnsByRefReadonly)
            context.Report(RuleIds.ReturnTypeNotCacheable, ProblemPlace.Method, method.Name, method.ReturnType.Short());
        if (context.Syntax is { ExplicitInterfaceSpecifier: not null } && context.Syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
            return null; // which the compiler refuses
        var loader = LoaderFinder.Find(context, loaderName);
        string? cache = CacheMemberFinder.Find(context);
        if (loader is null || cache is null)
            return null;

        var declaration = Declaration(context);
        var returns = ReturnsOf(method.ReturnType, out var result);
        return new(
            declaration.Name, declaration.Modifiers, declaration.ReturnType, returns, result?.Code(), declaration.Generics, declaration.Parameters, loader, cache);
    }

    /// <summary>What the implementing part repeats.</summary>
    public static DeclarationModel Declaration(MethodContext context) => new(
        context.Method.Name,
        string.Join(" ", context.Syntax.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword)).Select(modifier => modifier.Text)),
        context.Method.ReturnType.Code(),
        Generics(context.Method, context.Syntax),
        context.Method.Parameters.Select((parameter, i) => Parameter(parameter, context.Syntax.ParameterList.Parameters[i])).ToEquatableArray());

    /// <summary>How a type hands over its result, and the result's type; null for none.</summary>
    public static ReturnKind ReturnsOf(ITypeSymbol type, out ITypeSymbol? result)
    {
        bool task = type.Is("System.Threading.Tasks", "Task");
        if (!task && !type.Is("System.Threading.Tasks", "ValueTask"))
        {
            result = type.SpecialType == SpecialType.System_Void ? null : type;
            return ReturnKind.Value;
        }

        result = type is INamedTypeSymbol { TypeArguments: [var only] } ? only : null;
        return task ? ReturnKind.Task : ReturnKind.ValueTask;
    }

    private static ParameterModel Parameter(IParameterSymbol parameter, ParameterSyntax syntax) => new(
        parameter.Name,
        parameter.Type.Code(),
        string.Concat(syntax.Modifiers.Select(modifier => modifier.Text + " ")),
        parameter.RefKind switch
        {
            RefKind.None => "",
            RefKind.Ref => "ref ",
            RefKind.Out => "out ",
            _ => "in ",
        },
        TokenKindOf(parameter));

    private static TokenKind TokenKindOf(IParameterSymbol parameter) =>
        !parameter.Type.IsCancellationToken()
            ? parameter.Type.IsNullableValue(out var underlying) && underlying.IsCancellationToken() ? TokenKind.NullableToken : TokenKind.None
            : TokenKind.Token;

    private static GenericsModel Generics(IMethodSymbol method, MethodDeclarationSyntax syntax)
    {
        if (method.Arity == 0)
            return GenericsModel.None;
        var all = method.TypeParameters.Select(Constraints).Where(clause => clause is not null).Select(clause => clause!).ToEquatableArray();
        var repeated = method.IsOverride ? syntax.ConstraintClauses.Select(clause => clause.NormalizeWhitespace().ToString()).ToEquatableArray() : all;
        return new(method.TypeParameters.Select(parameter => Display.Identifier(parameter.Name)).ToEquatableArray(), repeated, all);
    }

    /// <summary>A type parameter's constraint clause; null if it has none.</summary>
    public static string? Constraints(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
            parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            parts.Add("struct");
        else if (parameter.HasReferenceTypeConstraint)
            parts.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint)
            parts.Add("notnull");
        parts.AddRange(parameter.ConstraintTypes.Select(type => type.Code()));
        if (parameter.HasConstructorConstraint)
            parts.Add("new()");
        if (parameter.AllowsRefLikeType)
            parts.Add("allows ref struct");
        return parts.Count == 0 ? null : $"where {Display.Identifier(parameter.Name)} : {string.Join(", ", parts)}";
    }
}
