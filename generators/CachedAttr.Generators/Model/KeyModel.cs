namespace CachedAttr.Generators.Model;

/// <summary>A method's key.</summary>
/// <param name="Form">What the typed key is.</param>
/// <param name="Template">The complete template, for the run time and the manifest: formats left out, appended parameters written out.</param>
/// <param name="Segments">The template's parts.</param>
/// <param name="Shapes">All types that are composed member by member.</param>
/// <param name="Builder">The method that makes the key's last part, if the attribute names one.</param>
internal sealed record KeyModel(
    KeyForm Form, string Template, EquatableArray<KeySegment> Segments, EquatableArray<TypeShapeModel> Shapes, CallModel? Builder)
{
    /// <summary>The holes, each once.</summary>
    public IEnumerable<HoleModel> Holes => Segments.Where(segment => segment.Hole is not null).Select(segment => segment.Hole!).Distinct();

    /// <summary>The holes that differ from call to call: not those of type parameters, which each closed generic method has fixed.</summary>
    public IEnumerable<HoleModel> ValueHoles => Holes.Where(hole => hole.Kind != HoleKind.TypeParameter);

    public bool UsesSecret => Holes.Any(hole => hole.Kind == HoleKind.Hashed);
}

/// <summary>The typed key of a method.</summary>
internal enum KeyForm
{
    /// <summary>None: there is only one key.</summary>
    Constant,

    /// <summary>The argument itself.</summary>
    Bare,

    /// <summary>One string argument.</summary>
    Text,

    /// <summary>A generated struct.</summary>
    Struct,

    /// <summary>The key string, because there is no cheaper form that says the same.</summary>
    Composed,

    /// <summary>The key string, made by the user's method.</summary>
    Built,
}

/// <summary>A literal or a hole.</summary>
/// <param name="Literal">The literal.</param>
/// <param name="Hole">The hole.</param>
/// <param name="Delimiter">The character after the hole, which its text does not contain.</param>
internal sealed record KeySegment(string? Literal, HoleModel? Hole, char Delimiter)
{
    /// <summary>In a pattern, before a wildcard: which character ends the hole in the keys that are meant is not known.</summary>
    public const char UnknownDelimiter = '*';

    public static KeySegment Of(string literal) => new(literal, null, default);
}

/// <summary>A hole with what fills it.</summary>
/// <param name="Kind">How it is written.</param>
/// <param name="Text">What stands between the braces, without the format.</param>
/// <param name="Name">The name of its value where it is a parameter or a field, without <c>@</c>.</param>
/// <param name="Expression">Its value as seen from the method's body.</param>
/// <param name="Value">The value's type.</param>
/// <param name="Format">A format.</param>
/// <param name="Root">Where its value comes from.</param>
internal sealed record HoleModel(HoleKind Kind, string Text, string Name, string Expression, ValueModel Value, string? Format, HoleRoot Root = HoleRoot.Call)
{
    /// <summary>The collection of whose elements it is written for each, where <see cref="Root"/> says so.</summary>
    public EachModel? Each { get; init; }
}

/// <summary>A collection, and the name of one of its elements.</summary>
internal sealed record EachModel(string Collection, string Element, HoleRoot Root);

/// <summary>Where a value comes from.</summary>
internal enum HoleRoot
{
    /// <summary>What the call has: parameters, members of the class.</summary>
    Call,

    /// <summary>The method's result.</summary>
    Result,

    /// <summary>One element of a collection.</summary>
    Element,
}

/// <summary>How a hole is written into a key.</summary>
internal enum HoleKind
{
    /// <summary>As text that can be read back.</summary>
    Scalar,

    /// <summary>In a format of the user's choice.</summary>
    Formatted,

    /// <summary>As the hash of its members.</summary>
    Composite,

    /// <summary>As a hash under the cache's secret.</summary>
    Hashed,

    /// <summary>As the name of a type argument.</summary>
    TypeParameter,
}

/// <summary>A value in a key: a scalar, or a type that is composed.</summary>
/// <param name="Type">Its type, fully qualified, with nullability.</param>
/// <param name="Scalar">How it is written if it is a scalar; null: <see cref="Shape"/> says how it is composed.</param>
/// <param name="Shape">The identity of the <see cref="TypeShapeModel"/>.</param>
internal sealed record ValueModel(string Type, ScalarModel? Scalar, string? Shape);

/// <summary>A scalar's way into a key.</summary>
/// <param name="Kind">Which methods of the writer and the reader are for it.</param>
/// <param name="Type">The type without <c>?</c>.</param>
/// <param name="IsNullable">Whether it is a <see cref="Nullable{T}"/>.</param>
/// <param name="IsKeyByItself">Whether its own equality tells apart what its texts tell apart, and it is never null: then it needs no struct around it.</param>
/// <param name="Equality">How two of them are compared where they are fields of a struct.</param>
internal sealed record ScalarModel(ScalarKind Kind, string Type, bool IsNullable, bool IsKeyByItself, ScalarEquality Equality);

/// <summary>The kinds of scalars.</summary>
internal enum ScalarKind
{
    String,
    Boolean,
    Character,
    Enum,
    Formattable,
}

/// <summary>Ways to compare.</summary>
internal enum ScalarEquality
{
    /// <summary>By <c>==</c>.</summary>
    Operator,

    /// <summary>By the run time's exact comparison: <c>==</c> is missing, or says something else than the texts (NaN, times of different kinds).</summary>
    Exact,

    /// <summary>Not at all: its key text is compared.</summary>
    AsText,
}
