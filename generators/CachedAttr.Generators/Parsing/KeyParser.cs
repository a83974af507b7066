using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Makes a method's key of its template, parameters and type parameters.</summary>
internal static class KeyParser
{
    private static readonly ProblemPlace Place = new(PlaceKind.Argument);

    /// <summary>The key; null, and problems reported, if there is none.</summary>
    /// <param name="context">The method.</param>
    /// <param name="attribute">Its attribute.</param>
    /// <param name="types">The types of all values in the key.</param>
    /// <param name="many">Whether it is the key of one of many items.</param>
    public static KeyModel? Parse(MethodContext context, AttributeData attribute, out IEnumerable<ITypeSymbol> types, out ManyModel? many)
    {
        types = [];
        many = null;
        if (CompleteParts(context, attribute, out var builder) is not { } parts)
            return null;
        CheckParameters(context, parts, builder);
        var found = builder is null ? ManyParser.Find(context.Method, parts) : null;
        var holes = new HoleParser(context, many: found);
        many = found?.Model(holes.Element);
        types = holes.Types;
        var segments = KeySegments.Of(parts, part => holes.Parse(part, Place with { Start = part.Start, Length = part.Length }));
        if (segments is null || context.HasProblems)
            return null;
        string template = string.Concat(segments.Select(segment => segment.Literal ?? "{" + segment.Hole!.Text + "}")) + (builder is null ? "" : "{key**}");
        var key = new KeyModel(default, template, segments.ToEquatableArray(), holes.Shapes, builder);
        return key with { Form = FormOf(key) };
    }

    /// <summary>The template's parts, with the default template and appended parameters written out.</summary>
    public static IReadOnlyList<TemplatePart>? CompleteParts(MethodContext context, AttributeData attribute, out CallModel? builder)
    {
        builder = null;
        string text = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? DefaultTemplate(context);
        if (!KeyTemplateParser.TryParse(text, isPattern: false, out var written, out var error))
        {
            context.Report(RuleIds.BadTemplate, Place with { Start = error.Start, Length = error.Length }, error.Message);
            return null;
        }

        var parts = written.ToList();
        bool isPrefix = parts.TrueForAll(part => part.Literal is not null);
        if (attribute.Named("KeyBuilder") is string name)
            builder = NamedMethodFinder.Find(context, name, "KeyBuilder", SpecialType.System_String, result: null, resultIsRequired: false);
        if (attribute.Named("KeyBuilder") is not null && !parts.TrueForAll(part => part.Literal is not null || IsTypeParameter(context.Method, part)))
            context.Report(RuleIds.BadTemplate, Place, "a template with holes cannot be combined with a KeyBuilder");
        var appended = isPrefix && builder is null ? KeyParameters(context.Method).Select(parameter => parameter.Name) : [];
        foreach (string hole in appended.Concat(UnmentionedTypeParameters(context.Method, written)))
            Append(parts, hole);
        if (builder is not null)
            Join(parts);
        CheckTypeParameters(context, parts);
        return context.HasProblems ? null : parts;
    }

    /// <summary>What makes the method one of many keys; null if it is not.</summary>
    public static Many? ManyOf(MethodContext context, AttributeData attribute) =>
        CompleteParts(context.For(context.Method), attribute, out var builder) is { } parts && builder is null ? ManyParser.Find(context.Method, parts) : null;

    /// <summary>The parameters that have to be in the key.</summary>
    public static IEnumerable<IParameterSymbol> KeyParameters(IMethodSymbol method) => method.Parameters.Where(
        parameter => !IsToken(parameter.Type) && !parameter.HasAttribute("CacheKeyIgnoreAttribute"));

    private static bool IsToken(ITypeSymbol type) => type.IsCancellationToken() || (type.IsNullableValue(out var underlying) && underlying.IsCancellationToken());

    private static string DefaultTemplate(MethodContext context) =>
        string.Join(".", ContainingTypeParser.Chain(context.Type).Select(type => type.Name)) + "." + context.Method.Name;

    private static IEnumerable<string> UnmentionedTypeParameters(IMethodSymbol method, IReadOnlyList<TemplatePart> written) =>
        HoleParser.TypeParameters(method).Select(parameter => parameter.Name)
            .Where(name => !written.Any(part => part.Path.Count == 1 && part.Path[0] == name));

    private static void Append(List<TemplatePart> parts, string hole)
    {
        Join(parts);
        parts.Add(new(null, [hole], null, 0, 0));
    }

    private static bool IsTypeParameter(IMethodSymbol method, TemplatePart part) =>
        part.Path.Count == 1 && HoleParser.TypeParameters(method).Any(parameter => parameter.Name == part.Path[0]);

    // A prefix that ends in punctuation has its own idea of what separates it from the rest.
    private static void Join(List<TemplatePart> parts)
    {
        if (parts.Count > 0 && (parts[parts.Count - 1].Literal is not { } literal || char.IsLetterOrDigit(literal[literal.Length - 1])))
            parts.Add(new(":", [], null, 0, 0));
    }

    // The name of a type may contain every delimiter but this one.
    private static void CheckTypeParameters(MethodContext context, List<TemplatePart> parts)
    {
        for (int i = 0; i < parts.Count - 1; i++)
        {
            if (IsTypeParameter(context.Method, parts[i]) && parts[i + 1].Literal is { } next && next[0] != ':')
                context.Report(RuleIds.BadTemplate, Place with { Start = parts[i].Start, Length = parts[i].Length }, "a type parameter must be followed by ':' or the end");
        }
    }

    private static void CheckParameters(MethodContext context, IReadOnlyList<TemplatePart> parts, CallModel? builder)
    {
        foreach (var parameter in KeyParameters(context.Method))
        {
            bool isUsed = parts.Any(part => part.Path.Count > 0 && part.Path[0] == parameter.Name) || builder?.Arguments.Contains(parameter.Name) == true;
            if (!isUsed)
                context.Report(RuleIds.ParameterNotInKey, ProblemPlace.Parameter(parameter.Name), parameter.Name);
        }
    }

    private static KeyForm FormOf(KeyModel key)
    {
        if (key.Builder is not null)
            return KeyForm.Built;
        if (key.ValueHoles.Any(hole => hole.Kind != HoleKind.Scalar || hole.Value.Scalar!.Equality == ScalarEquality.AsText))
            return KeyForm.Composed;
        return key.ValueHoles.Select(hole => hole.Value.Scalar!).ToList() switch
        {
            [] => KeyForm.Constant,
            [{ IsKeyByItself: true }] => KeyForm.Bare,
            [{ Kind: ScalarKind.String }] => KeyForm.Text,
            _ => KeyForm.Struct,
        };
    }
}
