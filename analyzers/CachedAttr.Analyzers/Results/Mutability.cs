using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.Results;

/// <summary>Finds what can be changed in a value by those who get it: a setter, a field, a collection.</summary>
/// <remarks>What cannot be decided by types counts as immutable: interfaces of the user's own, type parameters, methods that may change something.</remarks>
internal sealed class Mutability(Compilation compilation)
{
    private const string MakeInit = "make it init-only or get-only";
    private const int MaxDepth = 8;

    private readonly HashSet<ITypeSymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>The first thing that can be changed, with the path to it; null if there is none.</summary>
    public MutablePart? Find(ITypeSymbol type) => Find(type, Root(type), 0);

    private MutablePart? Find(ITypeSymbol type, string path, int depth)
    {
        if (depth > MaxDepth)
            return null;
        if (type.IsNullableValue(out var underlying))
            return Find(underlying, path, depth);
        if (type is IArrayTypeSymbol array)
            return new($"'{path}' is an array, whose elements can be replaced",
                $"use IReadOnlyList<{array.ElementType.Short()}> or ImmutableArray<{array.ElementType.Short()}>");
        if (type is not INamedTypeSymbol named)
            return null;
        if (MutableTypes.WayOut(named) is { } wayOut)
            return new($"'{path}' is a {named.Short()}", wayOut);
        if (named.TypeKind is TypeKind.Enum or TypeKind.Delegate
            || named.SpecialType != SpecialType.None && !named.IsGenericType || IsDeclaredImmutable(named) || !_seen.Add(named))
            return null;
        return named.IsTupleType ? OfTuple(named, path, depth)
            : named.IsInSystemNamespace() || IsImmutableCollection(named) ? OfItems(named, path, depth)
            : OfMembers(named, path, depth);
    }

    private MutablePart? OfTuple(INamedTypeSymbol type, string path, int depth) => type.TupleElements
        .Select(element => Find(element.Type, $"{path}.{element.Name}", depth + 1)).FirstOrDefault(found => found is not null);

    // A collection that cannot be changed itself; what is in it may be.
    private MutablePart? OfItems(INamedTypeSymbol type, string path, int depth) => type.TypeArguments
        .Select(argument => Find(argument, type.TypeArguments.Length == 1 ? path + "[]" : $"{path}[{argument.Short()}]", depth + 1))
        .FirstOrDefault(found => found is not null);

    private MutablePart? OfMembers(INamedTypeSymbol type, string path, int depth)
    {
        // Each caller has a copy of a struct; what it refers to is shared.
        var members = type.SelfAndBases().TakeWhile(current => current.SpecialType == SpecialType.None && !current.IsInSystemNamespace())
            .SelectMany(current => current.GetMembers()).Where(member => !member.IsStatic && !member.IsImplicitlyDeclared).ToList();
        var settable = type.IsValueType ? null : members.Find(IsSettable);
        if (settable is not null)
        {
            string what = settable is IPropertySymbol { IsIndexer: true } ? "an indexer with a setter" : settable is IPropertySymbol ? "a setter" : "no readonly";
            return new($"'{path}.{NameOf(settable)}' has {what}", settable is IFieldSymbol ? "make it readonly" : MakeInit);
        }

        return members.Where(IsVisibleValue)
            .Select(member => Find(MethodContext.TypeOf(member), $"{path}.{member.Name}", depth + 1)).FirstOrDefault(found => found is not null);
    }

    private bool IsSettable(ISymbol member) => member switch
    {
        IPropertySymbol { SetMethod: { IsInitOnly: false } setter } => IsVisible(setter),
        IFieldSymbol { IsReadOnly: false, IsConst: false } => IsVisible(member),
        _ => false,
    };

    private bool IsVisibleValue(ISymbol member) =>
        (member is IFieldSymbol || member is IPropertySymbol { IsIndexer: false, GetMethod: not null }) && IsVisible(member);

    // Private and protected setters are the type's own business.
    private bool IsVisible(ISymbol member) =>
        member.DeclaredAccessibility is Accessibility.Public
        || (member.DeclaredAccessibility is Accessibility.Internal or Accessibility.ProtectedOrInternal
            && SymbolEqualityComparer.Default.Equals(member.ContainingAssembly, compilation.Assembly));

    private static string NameOf(ISymbol member) => member is IPropertySymbol { IsIndexer: true } ? "this[]" : member.Name;

    private static bool IsImmutableCollection(INamedTypeSymbol type) => type.ContainingNamespace is { Name: "Immutable" or "Frozen" };

    // System.ComponentModel.ImmutableObject: the author's word for it.
    private static bool IsDeclaredImmutable(INamedTypeSymbol type) =>
        type.FindAttribute("System.ComponentModel", "ImmutableObjectAttribute")?.ConstructorArguments is [{ Value: true }];

    private static string Root(ITypeSymbol type) => (type.IsReferenceType ? type.WithNullableAnnotation(NullableAnnotation.NotAnnotated) : type).Short();
}

/// <summary>What can be changed, and how to make it so that it cannot be.</summary>
internal sealed record MutablePart(string What, string WayOut);
