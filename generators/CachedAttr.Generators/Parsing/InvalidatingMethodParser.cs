using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Turns a method with <c>[InvalidateCache]</c> or <c>[CachePut]</c> into a model, or says why it cannot.</summary>
internal static class InvalidatingMethodParser
{
    private const string Invalidate = "InvalidateCacheAttribute";
    private const string Put = "CachePutAttribute";

    public static Parsed<InvalidatingMethodModel> Parse(MethodContext context)
    {
        var type = ContainingTypeParser.Parse(context);
        var method = SignatureParser.Parse(context, loaderName: null);
        if (context.Method.HasAttribute("CachedAttribute"))
            context.Report(RuleIds.ConflictingAttributes, ProblemPlace.Method, context.Method.Name);
        if (type is null || method is null)
            return context.Result<InvalidatingMethodModel>(null);
        CheckParameters(context, method);

        SignatureParser.ReturnsOf(context.Method.ReturnType, out var result);
        var holes = new HoleParser(context, result, eachElement: true);
        var wholes = new HoleParser(context, result);
        var invalidations = Attributes(context, Invalidate).Select((attribute, i) => Invalidation(context, attribute, i, holes, wholes, result)).ToEquatableArray();
        context.AttributeName = Put;
        var puts = Attributes(context, Put).Select((attribute, i) => PutOf(context, attribute, i, holes, wholes, result))
            .Where(put => put is not null).Select(put => put!).ToEquatableArray();
        var shapes = holes.Shapes.Concat(wholes.Shapes).GroupBy(shape => shape.Type).Select(group => group.First())
            .OrderBy(shape => shape.Type, StringComparer.Ordinal).ToEquatableArray();
        return context.Result(new InvalidatingMethodModel(type, method, invalidations, puts, shapes));
    }

    private static IEnumerable<AttributeData> Attributes(MethodContext context, string name) =>
        context.Method.GetAttributes().Where(attribute => attribute.AttributeClass is { } type && type.Is("CachedAttr", name));

    private static InvalidationModel Invalidation(
        MethodContext context, AttributeData attribute, int index, HoleParser holes, HoleParser wholes, ITypeSymbol? result)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var on = (InvalidationTime)(attribute.Named("On") as int? ?? 0);
        if (!Enum.IsDefined(typeof(InvalidationTime), on))
            context.Report(RuleIds.NumberOutOfRange, new(PlaceKind.Argument, "On", index), "On", on.ToString(), "it is Success, Before or Always");
        var patterns = new PatternParser(context, holes, wholes, on == InvalidationTime.Success && result is not null, index);
        var when = attribute.Named("When") is string name
            ? NamedMethodFinder.Find(context, name, "When", SpecialType.System_Boolean, on == InvalidationTime.Success ? result : null, resultIsRequired: false)
            : null;
        var models = attribute.Strings().SelectMany(patterns.Parse).ToList();
        if (attribute.Named("Method") is string method)
            models.AddRange(patterns.OfMethod(method).Where(model => model is not null).Select(model => model!));
        return new(on, when, models.ToEquatableArray(), patterns.Tags(attribute));
    }

    private static PutModel? PutOf(MethodContext context, AttributeData attribute, int index, HoleParser holes, HoleParser wholes, ITypeSymbol? result)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        if (result is null)
        {
            context.Report(RuleIds.ReturnTypeNotCacheable, ProblemPlace.Method, context.Method.Name, context.Method.ReturnType.Short());
            return null;
        }

        // In the key a collection stands for itself: it is one entry that is stored.
        var keys = new PatternParser(context, wholes, wholes, hasResult: true, index);
        var tags = new PatternParser(context, holes, wholes, hasResult: true, index);
        double? ttl = attribute.Named("Ttl") as double?;
        if (ttl is { } seconds && !(seconds > 0 && !double.IsInfinity(seconds)))
            context.Report(RuleIds.NumberOutOfRange, new(PlaceKind.Argument, "Ttl", index), "Ttl", seconds.ToString("R", System.Globalization.CultureInfo.InvariantCulture), PolicyParser.Duration);
        var when = attribute.Named("When") is string name
            ? NamedMethodFinder.Find(context, name, "When", SpecialType.System_Boolean, result, resultIsRequired: false)
            : null;
        return keys.ParseExact(attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "", null, 0) is { } key ? new(key, ttl, when, tags.Tags(attribute)) : null;
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
