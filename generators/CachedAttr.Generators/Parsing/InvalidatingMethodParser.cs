using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Turns a method with <c>[InvalidateCache]</c> into a model, or says why it cannot.</summary>
internal static class InvalidatingMethodParser
{
    public static Parsed<InvalidatingMethodModel> Parse(MethodContext context, IReadOnlyList<AttributeData> attributes)
    {
        var type = ContainingTypeParser.Parse(context);
        var method = SignatureParser.Parse(context, loaderName: null);
        if (context.Method.HasAttribute("CachedAttribute"))
            context.Report(RuleIds.ConflictingAttributes, ProblemPlace.Method, context.Method.Name);
        if (type is null || method is null)
            return context.Result<InvalidatingMethodModel>(null);
        CheckParameters(context, method);

        SignatureParser.ReturnsOf(context.Method.ReturnType, out var result);
        var holes = new HoleParser(context, result);
        var invalidations = attributes.Select((attribute, i) => Invalidation(context, attribute, i, holes, result)).ToEquatableArray();
        return context.Result(new InvalidatingMethodModel(type, method, invalidations, holes.Shapes));
    }

    private static InvalidationModel Invalidation(MethodContext context, AttributeData attribute, int index, HoleParser holes, ITypeSymbol? result)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var on = (InvalidationTime)(attribute.Named("On") as int? ?? 0);
        if (!Enum.IsDefined(typeof(InvalidationTime), on))
            context.Report(RuleIds.NumberOutOfRange, new(PlaceKind.Argument, "On", index), "On", on.ToString());
        var patterns = new PatternParser(context, holes, on == InvalidationTime.Success && result is not null, index);
        var when = attribute.Named("When") is string name
            ? NamedMethodFinder.Find(context, name, "When", SpecialType.System_Boolean, on == InvalidationTime.Success ? result : null, resultIsRequired: false)
            : null;
        var models = attribute.Strings().Select(patterns.Parse).ToList();
        if (attribute.Named("Method") is string method)
            models.AddRange(patterns.OfMethod(method));
        return new(on, when, models.Where(model => model is not null).Select(model => model!).ToEquatableArray());
    }

    /// <summary>The generated body is asynchronous where the method is, and such a method cannot have parameters by reference.</summary>
    private static void CheckParameters(MethodContext context, MethodModel method)
    {
        foreach (var parameter in context.Method.Parameters)
        {
            if (method.IsAsync && (parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType || parameter.Type is IPointerTypeSymbol))
                context.Report(RuleIds.ParameterNotCacheable, ProblemPlace.Parameter(parameter.Name), parameter.Name);
        }
    }
}
