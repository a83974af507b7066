using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Finds out how a type goes into a key: as a scalar, or composed of its members, of their members and so on.</summary>
/// <remarks>Keeps the shapes that it has met, so that each type is composed by one method and a recursive type ends.</remarks>
internal sealed class TypeShapeParser(MethodContext context)
{
    // Rec<T> with a member of type Rec<Rec<T>> has no end.
    private const int MaxNesting = 8;

    private readonly List<ISymbol> _open = [];
    private readonly Dictionary<string, TypeShapeModel?> _shapes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sensitive = new(StringComparer.Ordinal);

    /// <summary>All shapes met so far, ordered by type.</summary>
    public EquatableArray<TypeShapeModel> Shapes =>
        _shapes.Values.Where(shape => shape is not null).Select(shape => shape!).OrderBy(shape => shape.Type, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>How a value goes into a key; null, and the member at fault with its type, if there is no deterministic way.</summary>
    public ValueModel? Parse(ITypeSymbol type, string path, out string? fault)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        fault = null;
        if (ScalarParser.Parse(type) is { } scalar)
            return new(type.Code(), scalar, null);
        string identity = type.Identity();
        if (!_shapes.ContainsKey(identity))
        {
            _shapes.Add(identity, null);
            var shape = Compose(type, identity, path, out fault);
            if (shape is null)
            {
                _shapes.Remove(identity);
                fault ??= $"{path} ({type.Short()})";
                return null;
            }

            _shapes[identity] = shape;
        }

        return new(type.Code(), null, identity);
    }

    /// <summary>Whether a value contains a member that asks to be hashed under the secret, at any depth.</summary>
    public bool IsSensitive(ValueModel value)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string?>([value.Shape]);
        while (open.Count > 0)
        {
            if (open.Pop() is not { } shape || !seen.Add(shape))
                continue;
            if (_sensitive.Contains(shape))
                return true;
            foreach (var member in _shapes[shape]!.Members)
                open.Push(member.Value.Shape);
        }

        return false;
    }

    private TypeShapeModel? Compose(ITypeSymbol type, string identity, string path, out string? fault)
    {
        fault = null;
        if (type.IsNullableValue(out var underlying))
            return Of(identity, ShapeKind.Nullable, type, [("Value", underlying)], path, out fault);
        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
            return Of(identity, ShapeKind.Bytes, type, [], path, out fault);
        if (type is IArrayTypeSymbol array)
            return array.Rank == 1 ? Of(identity, ShapeKind.Sequence, type, [("Item", array.ElementType)], path, out fault) : null;
        if (type is not INamedTypeSymbol named || !IsComposable(named))
            return null;
        return CollectionParser.Parse(named) is { } collection
            ? Of(identity, collection.Kind, type, collection.Items, path, out fault) is { } shape ? shape with { Interface = EnumeratedAs(named, collection.Interface) } : null
            : ComposeObject(named, identity, path, out fault);
    }

    // Types of others may enumerate something else, or several things, where they are not seen as the interface.
    private static string? EnumeratedAs(INamedTypeSymbol type, INamedTypeSymbol @interface) =>
        type.TypeKind == TypeKind.Interface || type.IsInSystemNamespace() ? null : @interface.Identity();

    private TypeShapeModel? ComposeObject(INamedTypeSymbol type, string identity, string path, out string? fault)
    {
        fault = null;
        if (_open.Count(definition => SymbolEqualityComparer.Default.Equals(definition, type.OriginalDefinition)) == MaxNesting)
            return null;
        var selection = KeyMemberFinder.Find(type);
        if (selection.Members.Count == 0 || ((type.IsAbstract || type.TypeKind == TypeKind.Interface) && !selection.IsMarked))
            return null;
        if (selection.HasSensitive)
            _sensitive.Add(identity);
        bool open = type is { IsReferenceType: true, IsSealed: false, IsAbstract: false } && !selection.IsMarked && !type.IsInSystemNamespace();
        _open.Add(type.OriginalDefinition);
        var shape = Of(identity, ShapeKind.Object, type, selection.Members, path, out fault);
        _open.RemoveAt(_open.Count - 1);
        return shape is null ? null : shape with { IsOpen = open };
    }

    private TypeShapeModel? Of(
        string identity, ShapeKind kind, ITypeSymbol type, IReadOnlyList<(string Name, ITypeSymbol Type)> members, string path, out string? fault)
    {
        fault = null;
        var models = new List<ShapeMember>();
        foreach (var (name, memberType) in members)
        {
            if (Parse(memberType, kind == ShapeKind.Object ? path + "." + name : path, out fault) is not { } value)
                return null;
            models.Add(new(name, value));
        }

        return new(identity, kind, NullTest(type), false, models.ToEquatableArray());
    }

    // The default of these structs cannot be enumerated.
    private static string? NullTest(ITypeSymbol type) => type switch
    {
        { IsReferenceType: true } => "value is null",
        _ when type.IsNullableValue(out _) => "value is null",
        _ when type.Is("System.Collections.Immutable", "ImmutableArray") => "value.IsDefault",
        _ when type.Is("System", "ArraySegment") => "value.Array is null",
        _ => null,
    };

    private bool IsComposable(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface
        && type.SpecialType != SpecialType.System_Object && !type.IsRefLikeType && context.CanAccess(type)
        && !type.AllInterfaces.Any(candidate => candidate.SpecialType == SpecialType.System_IDisposable || candidate.Is("System.Linq", "IQueryable"))
        && !type.Is("System.Linq", "IQueryable")
        && (!type.IsInSystemNamespace() || type.IsTupleType || IsComposableSystemType(type) || CollectionParser.Parse(type) is not null);

    private static bool IsComposableSystemType(INamedTypeSymbol type) =>
        type.Is("System.Collections.Generic", "KeyValuePair") || type.Is("System", "Tuple") || type.Is("System", "Version") || type.Is("System", "Uri");
}
