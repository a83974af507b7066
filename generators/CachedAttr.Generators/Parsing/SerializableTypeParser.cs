using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds out how a cached method's result becomes bytes: by formatters of the run time, and by one for each object type in it.</summary>
/// <remarks>Keeps the types that it has met, so that each has one formatter and a recursive type ends.</remarks>
internal sealed class SerializableTypeParser
{
    // A generic type that contains itself with a larger type argument never ends.
    private const int MaxNesting = 10;

    private readonly MethodContext _context;
    private readonly Dictionary<string, ObjectFormatterModel?> _objects = new(StringComparer.Ordinal);
    private EquatableArray<string> _fault;

    private SerializableTypeParser(MethodContext context) => _context = context;

    /// <summary>The serializer of a result; null, and a note with the path to the member at fault, if there is none.</summary>
    public static SerializerModel? Parse(MethodContext context, ITypeSymbol result, bool isLocal)
    {
        var parser = new SerializableTypeParser(context);
        if (parser.Value(result, result.WithNullableAnnotation(NullableAnnotation.NotAnnotated).Short()) is { } value)
            return new(value, Recursion.Mark(parser._objects.Values.Select(model => model!)));
        if (!isLocal)
            context.Note(RuleIds.NotSerializable, ProblemPlace.Method, [context.Method.Name, .. parser._fault]);
        return null;
    }

    private FormatterModel? Value(ITypeSymbol type, string path)
    {
        _context.CancellationToken.ThrowIfCancellationRequested();
        return type switch
        {
            IArrayTypeSymbol array => Array(array, path),
            INamedTypeSymbol named when !_context.CanAccess(named) || named.IsFileLocal => Fail(path, type, "it is not accessible"),
            INamedTypeSymbol { TypeKind: TypeKind.Enum } named => new(named.Identity(), $"EnumFormatter<{named.Identity()}>", default),
            INamedTypeSymbol named => Named(named, path),
            ITypeParameterSymbol => Fail(path, type, "it is a type parameter"),
            _ => Fail(path, type, "it has no content of its own"),
        };
    }

    private FormatterModel? Array(IArrayTypeSymbol array, string path)
    {
        string? formatter = array switch
        {
            { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte } => "ByteArrayFormatter",
            { Rank: 1 } => "ArrayFormatter",
            { Rank: 2 } => "TwoDimensionalArrayFormatter",
            { Rank: 3 } => "ThreeDimensionalArrayFormatter",
            { Rank: 4 } => "FourDimensionalArrayFormatter",
            _ => null,
        };
        return formatter is null ? Fail(path, array, "it has too many dimensions")
            : formatter == "ByteArrayFormatter" ? new(array.Identity(), formatter, default)
            : Composed(array, formatter, [array.ElementType], path);
    }

    private FormatterModel? Named(INamedTypeSymbol type, string path)
    {
        if (RunTimeFormatters.Find(type) is { } formatter)
            return Composed(type, formatter, type.TypeArguments, path);
        if (type.IsInSystemNamespace())
        {
            bool isBytes = type.TypeArguments is [{ SpecialType: SpecialType.System_Byte }] && (type.Is("System", "Memory") || type.Is("System", "ReadOnlyMemory"));
            return isBytes ? new(type.Identity(), type.Name + "Formatter", default) : Fail(path, type, "there is no MessagePack form of it");
        }

        string identity = type.Identity();
        if (!_objects.ContainsKey(identity))
        {
            _objects.Add(identity, null);
            if ((Refusal(type) is { } reason ? Refuse(path, type, reason) : Object(type, identity, path)) is not { } model)
                return null;
            _objects[identity] = model;
        }

        return new(identity, null, default);
    }

    private FormatterModel? Composed(ITypeSymbol type, string formatter, IReadOnlyList<ITypeSymbol> parts, string path)
    {
        var models = new List<FormatterModel>();
        for (int i = 0; i < parts.Count; i++)
        {
            if (Value(parts[i], RunTimeFormatters.PathOf(formatter, path, i)) is not { } part)
                return null;
            models.Add(part);
        }

        return new(type.Identity(), formatter, models.ToEquatableArray());
    }

    private static string? Refusal(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface) || type.IsRefLikeType)
            return "it has no content of its own";
        if (Nesting(type) > MaxNesting)
            return "it is nested too deeply";
        if (type.FindAttribute(MessagePackAttributes.Namespace, "MessagePackFormatterAttribute") is not null)
            return "it has a formatter of its own";
        if (type.AllInterfaces.Any(candidate => candidate.SpecialType == SpecialType.System_IDisposable || candidate.Is("System", "IAsyncDisposable")))
            return "it is disposable";
        bool isCollection = type.AllInterfaces.Any(candidate => candidate.SpecialType == SpecialType.System_Collections_IEnumerable);
        if (isCollection && type.FindAttribute(MessagePackAttributes.Namespace, MessagePackAttributes.Object) is null)
            return "it is a collection of a kind that is not known";
        var foreign = type.SelfAndBases().Skip(1).FirstOrDefault(
            current => current.IsInSystemNamespace() && current.SpecialType is not (SpecialType.System_Object or SpecialType.System_ValueType));
        return foreign is null ? null : $"it derives from {foreign.Short()}";
    }

    private static int Nesting(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => 1 + Nesting(array.ElementType),
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => 1 + named.TypeArguments.Max(Nesting),
        _ => 0,
    };

    private ObjectFormatterModel? Object(INamedTypeSymbol type, string identity, string path)
    {
        if (type.TypeKind == TypeKind.Interface || type.IsAbstract)
            return Union(type, identity, path);
        if (SerializableMemberFinder.Find(type, out var layout, out string? reason) is not { } members)
            return Refuse(path, type, reason!);
        if (ConstructionFinder.Find(_context, type, members, layout, out var faulty) is not { } construction)
        {
            return faulty is null
                ? Refuse(path, type, "it has no accessible constructor whose parameters are its members")
                : Refuse(path + "." + faulty.Symbol.Name, faulty.Type, "neither a constructor nor a setter receives it");
        }

        var models = new List<FormatterMember>();
        foreach (var member in members.Where(member => layout != ObjectLayout.Array || construction.Restores(member)))
        {
            string memberPath = path + "." + member.Symbol.Name;
            if (member.Symbol.FindAttribute(MessagePackAttributes.Namespace, "MessagePackFormatterAttribute") is not null)
                return Refuse(memberPath, member.Type, "it has a formatter of its own");
            if (member.Symbol.FindAttribute("System", "ObsoleteAttribute")?.ConstructorArguments is [_, { Value: true }, ..])
                return Refuse(memberPath, member.Type, "to use it is an error");
            if (Value(member.Type, memberPath) is not { } formatter)
                return null;
            models.Add(new(member.Symbol.Name, layout == ObjectLayout.Array ? models.Count : member.Number, member.Key, formatter, construction.Restores(member)));
        }

        return new(
            identity, NameOf(type), layout, type.IsReferenceType, type is { IsReferenceType: true, IsSealed: false }, false, models.ToEquatableArray(),
            construction.Arguments.ToEquatableArray(), construction.Initialized.ToEquatableArray());
    }

    private ObjectFormatterModel? Union(INamedTypeSymbol type, string identity, string path)
    {
        var cases = new List<FormatterMember>();
        foreach (var (number, subtype) in MessagePackAttributes.UnionOf(type))
        {
            if (Value(subtype, path + "+" + subtype.Name) is not { } formatter)
                return null;
            cases.Add(new("", number, "", formatter, true));
        }

        return cases.Count == 0 ? Refuse(path, type, type.TypeKind == TypeKind.Interface ? "it is an interface" : "it is abstract")
            : cases.Select(@case => @case.Number).Distinct().Count() < cases.Count ? Refuse(path, type, "two cases of its union have the same number")
            : new(identity, NameOf(type), ObjectLayout.Union, true, false, false, cases.ToEquatableArray(), default, default);
    }

    private static string NameOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => NameOf(array.ElementType) + "Array",
        INamedTypeSymbol { TypeArguments.Length: > 0 } named => named.Name + "Of" + string.Join("And", named.TypeArguments.Select(NameOf)),
        _ => type.Name,
    };

    private FormatterModel? Fail(string path, ITypeSymbol type, string reason)
    {
        _fault = new([path, type.Short(), reason]);
        return null;
    }

    private ObjectFormatterModel? Refuse(string path, ITypeSymbol type, string reason)
    {
        Fail(path, type, reason);
        return null;
    }
}
