using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>
/// Finds the method that does a partial method's work: <c>{Name}Core</c>, or the one that the attribute names. A cached method's may have one parameter more,
/// anywhere: what it tells the cache of the value.
/// </summary>
internal static class LoaderFinder
{
    public static CallModel? Find(MethodContext context, string? name)
    {
        var method = context.Method;
        string wanted = name ?? DefaultName(method.Name);
        foreach (var candidate in context.Type.SelfAndBases().SelectMany(type => type.GetMembers(wanted)).OfType<IMethodSymbol>())
        {
            if (Arguments(candidate, method) is { } passed && context.CanAccess(candidate) && KeepsNulls(candidate, method))
            {
                string arguments = method.Arity == 0 ? "" : "<" + string.Join(", ", method.TypeParameters.Select(parameter => Display.Identifier(parameter.Name))) + ">";
                return new(Display.Identifier(wanted) + arguments, candidate.IsStatic, false, passed.ToEquatableArray());
            }
        }

        context.Report(RuleIds.NoLoader, ProblemPlace.Method, method.Name, wanted, WayOut(context, wanted));
        return null;
    }

    // Most often there is one, and it differs in something that is easily overlooked.
    private static string WayOut(MethodContext context, string wanted)
    {
        var method = context.Method;
        if (context.Type.GetMembers(wanted) is [IMethodSymbol only])
            return $"; the one that is there {Difference(only, method)}: correct it, or name another with Loader";
        return wanted != method.Name + "Core" && context.Type.GetMembers(method.Name + "Core") is [IMethodSymbol misnamed] && Arguments(misnamed, method) is not null
            ? $": rename '{misnamed.Name}', or name it with Loader" : ": write it, or name another with Loader";
    }

    private static string Difference(IMethodSymbol candidate, IMethodSymbol method) =>
        method.IsStatic && !candidate.IsStatic ? "is not static"
        : candidate.Arity != method.Arity ? "has other type parameters"
        : candidate.ReturnType.Short() != method.ReturnType.Short() ? $"returns {candidate.ReturnType.Short()}, not {method.ReturnType.Short()}"
        : $"takes ({Types(candidate)}), not ({Types(method)})";

    private static string Types(IMethodSymbol method) => string.Join(", ", method.Parameters.Select(parameter => parameter.Type.Short()));

    public static string DefaultName(string method) =>
        method.EndsWith("Async", StringComparison.Ordinal) ? method.Substring(0, method.Length - "Async".Length) + "CoreAsync" : method + "Core";

    /// <summary>What is passed to a candidate: names of the method's parameters; null if it is no loader of the method.</summary>
    public static IReadOnlyList<string>? Arguments(IMethodSymbol candidate, IMethodSymbol method)
    {
        if (candidate.Arity != method.Arity || (method.IsStatic && !candidate.IsStatic) || SymbolEqualityComparer.Default.Equals(candidate, method))
            return null;

        // With the same type arguments, so that its types can be compared with the method's.
        var same = method.Arity == 0 ? candidate : candidate.Construct([.. method.TypeArguments]);
        if (!SymbolEqualityComparer.Default.Equals(same.ReturnType, method.ReturnType))
            return null;
        var arguments = new List<string>();
        int next = 0;
        foreach (var parameter in same.Parameters)
        {
            if (next < method.Parameters.Length && IsSame(parameter, method.Parameters[next]))
                arguments.Add(method.Parameters[next++].Name);
            else if (IsContext(parameter, method) && !arguments.Contains(CallModel.EntryContext))
                arguments.Add(CallModel.EntryContext);
            else
                return null;
        }

        return next == method.Parameters.Length ? arguments : null;
    }

    // The generated code would hand a null on where none is promised, and the warning would be about code that nobody has written.
    private static bool KeepsNulls(IMethodSymbol candidate, IMethodSymbol method)
    {
        var same = method.Arity == 0 ? candidate : candidate.Construct([.. method.TypeArguments]);
        SignatureParser.ReturnsOf(method.ReturnType, out var result);
        var own = same.Parameters.Where(parameter => !IsContext(parameter, method)).ToList();
        return Nullability.Fits(same.ReturnType, method.ReturnType)
            && !own.Where((parameter, i) => !Nullability.Fits(method.Parameters[i].Type, parameter.Type)).Any()
            && same.Parameters.Where(parameter => IsContext(parameter, method)).Select(parameter => ((INamedTypeSymbol)parameter.Type).TypeArguments[0])
                .All(value => Nullability.Fits(value, result!) && Nullability.Fits(result!, value));
    }

    private static bool IsContext(IParameterSymbol parameter, IMethodSymbol method)
    {
        SignatureParser.ReturnsOf(method.ReturnType, out var result);
        return parameter.RefKind == RefKind.None && parameter.Type is INamedTypeSymbol { TypeArguments: [var value] } type
            && type.Is("CachedAttr", "CacheEntryContext") && method.HasAttribute("CachedAttribute") && SymbolEqualityComparer.Default.Equals(value, result);
    }

    private static bool IsSame(IParameterSymbol one, IParameterSymbol other) =>
        one.RefKind == other.RefKind && SymbolEqualityComparer.Default.Equals(one.Type, other.Type);
}
