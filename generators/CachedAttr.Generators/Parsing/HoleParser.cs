using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds what fills a hole: a parameter, the result, a type parameter or a member of the class, then members of that.</summary>
/// <remarks>
/// A step from something that may be null according to its annotation is a null-conditional one: null then stands in the key. What is
/// annotated as never null is trusted.
/// </remarks>
/// <param name="context">The method.</param>
/// <param name="result">Its result, if holes can be of that.</param>
/// <param name="eachElement">Whether a collection stands for each of its elements, and not for itself.</param>
/// <param name="many">The parameter that stands for one of its items.</param>
internal sealed class HoleParser(MethodContext context, ITypeSymbol? result = null, bool eachElement = false, Many? many = null)
{
    /// <summary>The root by which a pattern refers to the method's result, unless a parameter has that name.</summary>
    public const string Result = "result";

    private readonly Dictionary<string, HoleModel> _holes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly TypeShapeParser _shapes = new(context);
    private string? _element;

    /// <summary>The name of one element of a collection in expressions.</summary>
    public string Element => _element ??= NameOfElement();

    public EquatableArray<TypeShapeModel> Shapes => _shapes.Shapes;

    /// <summary>The types of all values that fill holes.</summary>
    public ICollection<ITypeSymbol> Types { get; } = [];

    /// <summary>The hole with its value; null if there is none, which is reported.</summary>
    /// <param name="part">The hole.</param>
    /// <param name="place">Where to report.</param>
    /// <param name="rootIsSensitive">Whether the parameter or member is to be hashed; null: as it says itself.</param>
    public HoleModel? Parse(TemplatePart part, ProblemPlace place, bool? rootIsSensitive = null)
    {
        string text = $"{part.Text}:{part.Format}:{rootIsSensitive}";
        if (_holes.TryGetValue(text, out var known))
            return known;
        var hole = FindTypeParameter(part.Path) is { } parameter ? TypeArgument(parameter) : Value(part, place, rootIsSensitive);
        if (hole is not null)
            _holes.Add(text, hole);
        return hole;
    }

    /// <summary>Whether there is something that fills a hole of this path.</summary>
    public bool CanFind(IReadOnlyList<string> path) => FindTypeParameter(path) is not null || FindSource(path) is not null;

    /// <summary>The type of what fills a hole of this path; null if nothing does, or a type parameter.</summary>
    public ITypeSymbol? TypeOf(IReadOnlyList<string> path) => FindTypeParameter(path) is null ? FindSource(path)?.Type : null;

    private HoleModel? Value(TemplatePart part, ProblemPlace place, bool? rootIsSensitive)
    {
        // Code that is being typed: the compiler says that there is no such type.
        var source = FindSource(part.Path, rootIsSensitive);
        if (source is { Type.TypeKind: TypeKind.Error })
            return null;
        if (source is null)
        {
            context.Report(RuleIds.BadTemplate, place, $"'{part.Text}' is neither a parameter nor a member that can be read here");
            return null;
        }

        if (_shapes.Parse(source.Type, part.Text, out string? fault) is not { } value)
        {
            // Of a hole that is not written the parameter is what there is to show.
            bool isWritten = part.Length > 0 || context.FindParameter(part.Path[0]) is null;
            context.Report(RuleIds.NoKeyForm, isWritten ? place : ProblemPlace.Parameter(part.Path[0]), part.Text, fault ?? source.Type.Short());
            return null;
        }

        Types.Add(source.Type);
        bool hashed = source.IsSensitive || _shapes.IsSensitive(value);
        if (part.Format is not null && (value.Scalar is not { Kind: ScalarKind.Formattable or ScalarKind.Enum } || hashed))
        {
            context.Report(RuleIds.BadTemplate, place, $"'{part.Text}' cannot be written in a format");
            return null;
        }

        var kind = hashed ? HoleKind.Hashed : part.Format is not null ? HoleKind.Formatted : value.Scalar is null ? HoleKind.Composite : HoleKind.Scalar;
        var hole = new HoleModel(kind, part.Text, "", source.Expression, value, part.Format, source.Root) { Each = source.Each };
        return _holes.Values.FirstOrDefault(known => known with { Name = "" } == hole) ?? hole with { Name = Unused(NameOf(part.Path)) };
    }

    private static HoleModel TypeArgument(ITypeParameterSymbol parameter)
    {
        string name = Display.Identifier(parameter.Name);
        return new(HoleKind.TypeParameter, parameter.Name, parameter.Name, name, new(name, null, null), null);
    }

    private ITypeParameterSymbol? FindTypeParameter(IReadOnlyList<string> path) =>
        path.Count > 1 || context.FindParameter(path[0]) is not null ? null : TypeParameters(context.Method).FirstOrDefault(parameter => parameter.Name == path[0]);

    /// <summary>The type parameters in scope: those of the containing types, outermost first, then the method's.</summary>
    public static IEnumerable<ITypeParameterSymbol> TypeParameters(IMethodSymbol method) =>
        ContainingTypeParser.Chain(method.ContainingType).SelectMany(type => type.TypeParameters).Concat(method.TypeParameters);

    private Source? FindSource(IReadOnlyList<string> path, bool? rootIsSensitive = null)
    {
        var source = FindRoot(path[0]);
        if (rootIsSensitive is { } sensitive)
            source = source is null ? null : source with { IsSensitive = sensitive };
        for (int i = 1; i < path.Count && source is not null; i++)
            source = Step(source, path[i]);
        if (source is { Each: null } && eachElement && IsSequence(source.Type, out var element))
            source = ElementOf(source, element);
        return source is { IsLifted: true } ? source with { Type = Nullable(source.Type) } : source;
    }

    private Source ElementOf(Source collection, ITypeSymbol element)
    {
        return new(Element, element, collection.IsSensitive) { Root = HoleRoot.Element, Each = new(collection.Expression, Element, collection.Root) };
    }

    /// <summary>Whether a type is a collection with elements of one kind, and not itself something that is written into a key.</summary>
    private static bool IsSequence(ITypeSymbol type, out ITypeSymbol element)
    {
        element = type;
        if (ScalarParser.Parse(type) is not null || type.FindInterface("System.Collections.Generic", "IReadOnlyDictionary", 2) is not null)
            return false;
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            element = array.ElementType;
        else if (type.FindInterface("System.Collections.Generic", "IEnumerable", 1) is { } sequence)
            element = sequence.TypeArguments[0];
        else
            return false;
        return element.SpecialType != SpecialType.System_Byte;
    }

    private Source? FindRoot(string name)
    {
        if (many is not null && name == many.Parameter.Name)
            return new(Element, many.Item, KeyMemberFinder.IsSensitive(many.Parameter)) { Root = HoleRoot.Element };
        if (context.FindParameter(name) is { RefKind: not RefKind.Out } parameter)
            return new(Display.Identifier(name), parameter.Type, KeyMemberFinder.IsSensitive(parameter));
        if (name == "result" && result is not null)
            return new(Result, result, false) { Root = HoleRoot.Result };
        if (context.FindValueMember(name) is { } member)
            return new(MemberAccess.Of(context.Method, member), MethodContext.TypeOf(member), KeyMemberFinder.IsSensitive(member));
        return context.FindPrimaryParameter(parameter => parameter.Name == name) is { } primary
            ? new(Display.Identifier(name), primary.Type, KeyMemberFinder.IsSensitive(primary))
            : null;
    }

    private Source? Step(Source source, string name)
    {
        bool isNullableValue = source.Type.IsNullableValue(out var type);
        var member = Lookup(type).SelectMany(current => current.GetMembers(name))
            .FirstOrDefault(candidate => !candidate.IsStatic && MethodContext.IsReadableValue(candidate) && context.CanAccess(candidate));
        if (member is null && isNullableValue && name == "Value")
            return source; // as one writes it in code; null then stands in the key, as it does without
        if (member is null && isNullableValue && name == "HasValue")
            return source with { Expression = source.Expression + ".HasValue", Type = context.Compilation.GetSpecialType(SpecialType.System_Boolean) };
        if (member is null)
            return eachElement && source.Each is null && IsSequence(type, out var element) ? Step(ElementOf(source, element), name) : null;
        bool conditional = isNullableValue || (!source.Type.IsValueType && source.Type.NullableAnnotation != NullableAnnotation.NotAnnotated);
        return new(
            source.Expression + (conditional ? "?." : ".") + Display.Identifier(name),
            MethodContext.TypeOf(member),
            source.IsSensitive || KeyMemberFinder.IsSensitive(member),
            source.IsLifted || conditional)
        {
            Root = source.Root,
            Each = source.Each,
        };
    }

    // Where members of a value are looked for: a type parameter has those of its constraints.
    private static IEnumerable<ITypeSymbol> Lookup(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.ConstraintTypes.SelectMany(Lookup),
        { TypeKind: TypeKind.Interface } => type.AllInterfaces.Insert(0, (INamedTypeSymbol)type),
        _ => type.SelfAndBases(),
    };

    private ITypeSymbol Nullable(ITypeSymbol type) =>
        !type.IsValueType ? type.WithNullableAnnotation(NullableAnnotation.Annotated)
        : type.IsNullableValue(out _) ? type
        : context.Compilation.GetSpecialType(SpecialType.System_Nullable_T).Construct(type);

    // A lambda's parameter must not hide what other holes mean.
    private string NameOfElement()
    {
        string name = "element";
        while (context.FindParameter(name) is not null || context.FindValueMember(name) is not null || context.FindPrimaryParameter(parameter => parameter.Name == name) is not null)
            name += "_";
        return name;
    }

    /// <summary><c>_tenant.Id</c> → <c>tenantId</c>.</summary>
    private static string NameOf(IReadOnlyList<string> path)
    {
        var words = path.Select(step => step.Trim('_')).Where(word => word.Length > 0).ToList();
        if (words.Count == 0)
            return "value";
        string name = string.Concat(words.Select((word, i) => (i == 0 ? char.ToLowerInvariant(word[0]) : char.ToUpperInvariant(word[0])) + word.Substring(1)));
        return char.IsDigit(name[0]) ? "_" + name : name;
    }

    private string Unused(string name)
    {
        string unused = name;
        for (int i = 2; !_names.Add(unused); i++)
            unused = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return unused;
    }

    private sealed record Source(string Expression, ITypeSymbol Type, bool IsSensitive, bool IsLifted = false)
    {
        public HoleRoot Root { get; init; }

        public EachModel? Each { get; init; }
    }
}
