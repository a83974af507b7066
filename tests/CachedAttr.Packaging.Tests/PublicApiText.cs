using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CachedAttr.Packaging.Tests;

/// <summary>Writes down what an assembly shows: a line for every type and member that others can name, with nullability and default values.</summary>
internal static class PublicApiText
{
    private static readonly SymbolDisplayFormat TypeFormat = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints | SymbolDisplayGenericsOptions.IncludeVariance,
        SymbolDisplayMemberOptions.None,
        kindOptions: SymbolDisplayKindOptions.IncludeTypeKeyword,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat MemberFormat = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.IncludeTypeParameters | SymbolDisplayGenericsOptions.IncludeTypeConstraints,
        SymbolDisplayMemberOptions.IncludeParameters | SymbolDisplayMemberOptions.IncludeType | SymbolDisplayMemberOptions.IncludeModifiers
            | SymbolDisplayMemberOptions.IncludeAccessibility | SymbolDisplayMemberOptions.IncludeConstantValue | SymbolDisplayMemberOptions.IncludeRef
            | SymbolDisplayMemberOptions.IncludeExplicitInterface,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType | SymbolDisplayParameterOptions.IncludeName | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string Of(string path)
    {
        var assembly = MetadataReference.CreateFromFile(path);
        string[] known = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        var compilation = CSharpCompilation.Create(
            "Reader", references: [assembly, .. known.Where(other => Path.GetFileName(other) != Path.GetFileName(path)).Select(static other => MetadataReference.CreateFromFile(other))]);
        var shown = (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(assembly)!;
        var text = new StringBuilder();
        foreach (var type in TypesOf(shown.GlobalNamespace).OrderBy(static type => type.ToDisplayString(), StringComparer.Ordinal))
            Write(text, type);
        return text.ToString();
    }

    private static void Write(StringBuilder text, INamedTypeSymbol type)
    {
        string kind = (type.IsStatic, type.TypeKind == TypeKind.Class && type.IsAbstract, type.TypeKind == TypeKind.Class && type.IsSealed) switch
        {
            (true, _, _) => "static ",
            (_, true, _) => "abstract ",
            (_, _, true) => "sealed ",
            _ => "",
        };
        var bases = type.TypeKind is TypeKind.Class && type.BaseType is { SpecialType: not SpecialType.System_Object } parent ? [parent] : Enumerable.Empty<INamedTypeSymbol>();
        string[] from = [.. bases.Concat(type.TypeKind is TypeKind.Enum or TypeKind.Delegate ? [] : type.Interfaces).Where(IsShown).Select(static one => one.ToDisplayString(MemberFormat))];
        text.Append(kind).Append(type.ToDisplayString(TypeFormat)).Append(from.Length == 0 ? "" : " : " + string.Join(", ", from)).Append('\n');
        if (type.DelegateInvokeMethod is { } signature)
            text.Append("    ").Append(signature.ToDisplayString(MemberFormat)).Append('\n');
        else
            text.AppendJoin("", type.GetMembers().Where(IsMember).Select(static member => $"    {member.ToDisplayString(MemberFormat)}\n").Order(StringComparer.Ordinal));
    }

    private static bool IsMember(ISymbol member) => IsShown(member)
        && member is not INamedTypeSymbol
        && member is not IMethodSymbol { AssociatedSymbol: not null }
        && !(member.ContainingType.TypeKind == TypeKind.Enum && member is IMethodSymbol)
        && !(member.IsImplicitlyDeclared && member.ContainingType.IsValueType);

    private static bool IsShown(ISymbol symbol) =>
        symbol.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal
        && (symbol.ContainingType is null || IsShown(symbol.ContainingType));

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(static member => member switch
    {
        INamespaceSymbol inner => TypesOf(inner),
        INamedTypeSymbol type when IsShown(type) => TypesOf(type).Prepend(type),
        _ => [],
    });
}
