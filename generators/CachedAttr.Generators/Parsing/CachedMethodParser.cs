using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Turns a method with <c>[Cached]</c> into a model, or says why it cannot.</summary>
internal static class CachedMethodParser
{
    private const int LocalTier = 1;

    public static Parsed<CachedMethodModel> Parse(MethodContext context, AttributeData attribute)
    {
        CheckReturnType(context);
        CheckParameters(context);
        if (context.Method.HasAttribute("InvalidateCacheAttribute") || context.Method.HasAttribute("CachePutAttribute"))
            context.Report(RuleIds.ConflictingAttributes, ProblemPlace.Method, context.Method.Name);
        var policy = PolicyParser.Parse(context, attribute);
        var type = ContainingTypeParser.Parse(context);
        var method = SignatureParser.Parse(context, attribute.Named("Loader") as string);
        context.CancellationToken.ThrowIfCancellationRequested();
        SignatureParser.ReturnsOf(context.Method.ReturnType, out var result);
        var when = Condition(context, attribute, "When", null);
        var key = KeyParser.Parse(context, attribute, out var keyTypes, out var many);
        var stored = many is null ? result : ((INamedTypeSymbol)result!).TypeArguments[1];

        // Of one entry: with many keys at once, of one item and its value.
        var unless = Condition(context, attribute, "Unless", stored);
        var holes = new HoleParser(context, stored, eachElement: true, KeyParser.ManyOf(context, attribute));
        var tags = new PatternParser(context, holes, holes, hasResult: true, attribute: 0).Tags(attribute);
        if (type is null || method is null || key is null || result is null)
            return context.Result<CachedMethodModel>(null);
        var constraints = context.Method.TypeParameters.SelectMany(parameter => parameter.ConstraintTypes);
        var access = AccessParser.Of(context.Type, keyTypes.Concat(constraints).Append(result));

        // What is to stay in the process needs none.
        bool isLocal = policy.Tiers == LocalTier;
        var serializer = context.HasProblems ? null : SerializableTypeParser.Parse(context, stored!, isLocal);
        return context.Result(new CachedMethodModel(type, method, key, when, unless, tags, holes.Shapes, policy, many, serializer, stored!.Short(), access));
    }

    private static CallModel? Condition(MethodContext context, AttributeData attribute, string property, ITypeSymbol? result) =>
        attribute.Named(property) is string name
            ? NamedMethodFinder.Find(context, name, property, SpecialType.System_Boolean, result, resultIsRequired: result is not null)
            : null;

    private static void CheckReturnType(MethodContext context)
    {
        SignatureParser.ReturnsOf(context.Method.ReturnType, out var result);
        if (result is null || !IsCacheable(result))
            context.Report(RuleIds.ReturnTypeNotCacheable, ProblemPlace.Method, context.Method.Name, context.Method.ReturnType.Short());
    }

    /// <summary>Whether a result may be kept and given to several callers.</summary>
    public static bool IsCacheable(ITypeSymbol type) =>
        type is not (IPointerTypeSymbol or IFunctionPointerTypeSymbol or ITypeParameterSymbol { AllowsRefLikeType: true })
        && !type.IsRefLikeType
        && type.SpecialType != SpecialType.System_IDisposable
        && !type.AllInterfaces.Any(candidate => candidate.SpecialType == SpecialType.System_IDisposable || candidate.Is("System", "IAsyncDisposable"))
        && !type.Is("System.Threading.Tasks", "ValueTask")
        && type.FindInterface("System.Collections.Generic", "IAsyncEnumerable", 1) is null
        && type.FindInterface("System.Linq", "IQueryable", 0) is null
        && type.FindInterface("System.Collections.Generic", "IEnumerator", 1) is null;

    private static void CheckParameters(MethodContext context)
    {
        foreach (var type in context.Method.TypeParameters.Where(type => type.AllowsRefLikeType))
            context.Report(RuleIds.ParameterNotCacheable, ProblemPlace.Method, type.Name);
        foreach (var parameter in context.Method.Parameters)
        {
            bool canBeKept = parameter.RefKind is not (RefKind.Ref or RefKind.Out)
                && parameter.Type is not (IPointerTypeSymbol or IFunctionPointerTypeSymbol or ITypeParameterSymbol { AllowsRefLikeType: true })
                && !parameter.Type.IsRefLikeType;
            if (!canBeKept)
                context.Report(RuleIds.ParameterNotCacheable, ProblemPlace.Parameter(parameter.Name), parameter.Name);
        }
    }
}
