using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds the method that does a partial method's work: <c>{Name}Core</c>, or the one that the attribute names.</summary>
internal static class LoaderFinder
{
    public static CallModel? Find(MethodContext context, string? name)
    {
        var method = context.Method;
        string wanted = name ?? DefaultName(method.Name);
        foreach (var candidate in context.Type.SelfAndBases().SelectMany(type => type.GetMembers(wanted)).OfType<IMethodSymbol>())
        {
            if (IsLoader(candidate, method) && context.CanAccess(candidate))
            {
                string arguments = method.Arity == 0 ? "" : "<" + string.Join(", ", method.TypeParameters.Select(parameter => Display.Identifier(parameter.Name))) + ">";
                return new(Display.Identifier(wanted) + arguments, candidate.IsStatic, false, method.Parameters.Select(parameter => parameter.Name).ToEquatableArray());
            }
        }

        context.Report(RuleIds.NoLoader, ProblemPlace.Method, method.Name, wanted);
        return null;
    }

    public static string DefaultName(string method) =>
        method.EndsWith("Async", StringComparison.Ordinal) ? method.Substring(0, method.Length - "Async".Length) + "CoreAsync" : method + "Core";

    private static bool IsLoader(IMethodSymbol candidate, IMethodSymbol method)
    {
        if (candidate.Arity != method.Arity || candidate.Parameters.Length != method.Parameters.Length || (method.IsStatic && !candidate.IsStatic))
            return false;

        // With the same type arguments, so that its types can be compared with the method's.
        var same = method.Arity == 0 ? candidate : candidate.Construct([.. method.TypeArguments]);
        return !SymbolEqualityComparer.Default.Equals(candidate, method)
            && SymbolEqualityComparer.Default.Equals(same.ReturnType, method.ReturnType)
            && same.Parameters.Zip(method.Parameters, IsSame).All(equal => equal);
    }

    private static bool IsSame(IParameterSymbol one, IParameterSymbol other) =>
        one.RefKind == other.RefKind && SymbolEqualityComparer.Default.Equals(one.Type, other.Type);
}
