using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds the methods that attributes name for conditions and keys: they take parameters of the cached method by name, some of them its result first.</summary>
internal static class NamedMethodFinder
{
    public static CallModel? Find(MethodContext context, string name, string property, SpecialType returns, ITypeSymbol? result, bool resultIsRequired)
    {
        foreach (var candidate in context.Type.SelfAndBases().SelectMany(type => type.GetMembers(name)).OfType<IMethodSymbol>())
        {
            if (candidate.Arity == 0 && candidate.ReturnType.SpecialType == returns && (candidate.IsStatic || !context.Method.IsStatic)
                && context.CanAccess(candidate) && Call(context, candidate, result, resultIsRequired) is { } call)
            {
                return call;
            }
        }

        context.Report(RuleIds.NoSuchMethod, new(PlaceKind.Argument, property), property, name);
        return null;
    }

    private static CallModel? Call(MethodContext context, IMethodSymbol candidate, ITypeSymbol? result, bool resultIsRequired)
    {
        var taken = candidate.Parameters;
        bool passesResult = result is not null && taken.Length > 0 && TakesResult(context, taken[0], result, resultIsRequired);
        if (resultIsRequired && !passesResult)
            return null;
        var rest = taken.Skip(passesResult ? 1 : 0).ToList();
        return rest.TrueForAll(parameter => IsFilled(context, parameter))
            ? new(Display.Identifier(candidate.Name), candidate.IsStatic, passesResult, rest.Select(parameter => parameter.Name).ToEquatableArray())
            : null;
    }

    private static bool TakesResult(MethodContext context, IParameterSymbol parameter, ITypeSymbol result, bool isRequired) =>
        parameter.RefKind is RefKind.None or RefKind.In && context.Compilation.HasImplicitConversion(result, parameter.Type)
        && (isRequired || !IsFilled(context, parameter));

    private static bool IsFilled(MethodContext context, IParameterSymbol parameter) =>
        parameter.RefKind is RefKind.None or RefKind.In
        && context.FindParameter(parameter.Name) is { RefKind: not RefKind.Out } source
        && context.Compilation.HasImplicitConversion(source.Type, parameter.Type);
}
