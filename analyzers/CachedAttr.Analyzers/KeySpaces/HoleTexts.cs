using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using static CachedAttr.Analyzers.Languages.Language;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>The texts of a hole as they stand in a key: escaped, <c>%n</c> for null, <c>%e</c> for the empty string.</summary>
/// <param name="Name">The same for holes with the same texts.</param>
/// <param name="Texts">The texts.</param>
internal sealed record HoleTexts(string Name, Language Texts)
{
    private static readonly Language Null = Language.Of("%n");
    private static readonly Language Empty = Language.Of("%e");

    /// <summary>A hole of which only the template's text is known.</summary>
    public static HoleTexts Unknown(char delimiter) => new("any" + delimiter, Either(In(Form(delimiter), HoleLanguage.Any), Null, Empty));

    /// <summary>What a <c>KeyBuilder</c> makes: anything.</summary>
    public static HoleTexts Free { get; } = new("free", AtLeast(1, Language.Of(CharSet.All)));

    /// <summary>A hole of a key or pattern.</summary>
    /// <param name="hole">The hole.</param>
    /// <param name="delimiter">The character that ends it.</param>
    /// <param name="types">The types of all values in the key, among them this one's.</param>
    public static HoleTexts Of(HoleModel hole, char delimiter, IEnumerable<ITypeSymbol> types) => hole.Kind switch
    {
        HoleKind.Composite or HoleKind.Hashed => new("hash", In(TextForm.Verbatim, HoleLanguage.Hash)),
        HoleKind.TypeParameter => new("type", In(TextForm.Argument(':'), HoleLanguage.Any)),
        _ => OfScalar(hole.Value.Scalar!, hole.Format, delimiter, types),
    };

    private static HoleTexts OfScalar(ScalarModel scalar, string? format, char delimiter, IEnumerable<ITypeSymbol> types)
    {
        var type = scalar.Kind == ScalarKind.Enum ? types.Select(Underlying).FirstOrDefault(candidate => candidate.Code() == scalar.Type) : null;
        if (HoleLanguage.OfScalar(scalar, format, type) is not { } texts)
            return Unknown(delimiter);
        var value = In(Form(delimiter), texts);
        string name = $"{scalar.Kind} {scalar.Type} {scalar.IsNullable} {format} {delimiter}";
        return new(name, scalar.IsNullable ? Either(value, Null) : value);
    }

    private static ITypeSymbol Underlying(ITypeSymbol type)
    {
        type.IsNullableValue(out var underlying);
        return underlying.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
    }

    private static TextForm Form(char delimiter) => delimiter == KeySegment.UnknownDelimiter ? TextForm.BeforeWildcard : TextForm.Argument(delimiter);
}
