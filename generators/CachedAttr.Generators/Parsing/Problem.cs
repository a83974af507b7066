using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Parsing;

/// <summary>Why a method has no model, or one that can do less.</summary>
/// <param name="Rule">One of <see cref="RuleIds"/>.</param>
/// <param name="Place">Where, in terms of the method's declaration.</param>
/// <param name="Arguments">For the rule's message.</param>
internal sealed record Problem(string Rule, ProblemPlace Place, EquatableArray<string> Arguments);

/// <summary>A place in a method's declaration, which analyzers turn into a location.</summary>
/// <param name="Kind">What <paramref name="Name"/> names.</param>
/// <param name="Name">A parameter, or a property of the attribute; null for the constructor's argument.</param>
/// <param name="Attribute">Which of several attributes of the same type.</param>
/// <param name="Index">Which of several patterns.</param>
/// <param name="Start">Where in the string's value.</param>
/// <param name="Length">How much of it; 0: all.</param>
/// <param name="AttributeName">The attributes' type where a method has others beside it; null: the one that is parsed.</param>
internal sealed record ProblemPlace(
    PlaceKind Kind, string? Name = null, int Attribute = 0, int Index = 0, int Start = 0, int Length = 0, string? AttributeName = null)
{
    public static ProblemPlace Method { get; } = new(PlaceKind.Method);

    public static ProblemPlace Parameter(string name) => new(PlaceKind.Parameter, name);
}

/// <summary>The kinds of places.</summary>
internal enum PlaceKind
{
    Method,
    Parameter,
    Argument,
}

/// <summary>A model, or the problems that prevent one. Beside a model, problems that it was possible to generate code in spite of.</summary>
internal sealed record Parsed<T>(T? Model, EquatableArray<Problem> Problems)
    where T : class, IEquatable<T>;
