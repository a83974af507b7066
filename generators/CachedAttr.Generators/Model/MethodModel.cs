namespace CachedAttr.Generators.Model;

/// <summary>The declaration of a partial method, as its implementing part has to repeat it.</summary>
internal record DeclarationModel(
    string Name,
    string Modifiers,
    string ReturnType,
    GenericsModel Generics,
    EquatableArray<ParameterModel> Parameters);

/// <summary>A declaration, and the method that does its work.</summary>
internal sealed record MethodModel(
    string Name,
    string Modifiers,
    string ReturnType,
    ReturnKind Returns,
    string? ResultType,
    GenericsModel Generics,
    EquatableArray<ParameterModel> Parameters,
    CallModel Loader,
    string CacheExpression)
    : DeclarationModel(Name, Modifiers, ReturnType, Generics, Parameters)
{
    public bool IsAsync => Returns is ReturnKind.Task or ReturnKind.ValueTask;
}

/// <summary>How a method hands over its result.</summary>
internal enum ReturnKind
{
    Value,
    Task,
    ValueTask,
}

/// <summary>A method's type parameters.</summary>
/// <param name="Parameters">Their names.</param>
/// <param name="Constraints">The constraint clauses that the implementing part repeats.</param>
/// <param name="AllConstraints">The constraint clauses that another type with the same type parameters needs: an override inherits some and must not repeat them.</param>
internal sealed record GenericsModel(EquatableArray<string> Parameters, EquatableArray<string> Constraints, EquatableArray<string> AllConstraints)
{
    public static GenericsModel None { get; } = new(default, default, default);

    /// <summary><c>&lt;T, U&gt;</c>, or nothing.</summary>
    public string List => Parameters.Count == 0 ? "" : "<" + string.Join(", ", Parameters) + ">";
}

/// <summary>A parameter.</summary>
/// <param name="Name">Its name without <c>@</c>.</param>
/// <param name="Type">Its type, fully qualified.</param>
/// <param name="Modifiers">What stands before the type: <c>params</c>, <c>scoped</c>, <c>in</c> and so on.</param>
/// <param name="ArgumentModifier">What has to stand before the argument where it is passed on.</param>
/// <param name="Token">Whether it is the token by which a caller ends its wait.</param>
internal sealed record ParameterModel(string Name, string Type, string Modifiers, string ArgumentModifier, TokenKind Token);

/// <summary>Whether a parameter is a cancellation token.</summary>
internal enum TokenKind
{
    None,
    Token,
    NullableToken,
}

/// <summary>A call of a method of the containing type.</summary>
/// <param name="Name">The method, with type arguments.</param>
/// <param name="IsStatic">Whether it is called without an instance.</param>
/// <param name="PassesResult">Whether the cached or returned result is its first argument.</param>
/// <param name="Arguments">Names of the parameters that are passed on.</param>
internal sealed record CallModel(string Name, bool IsStatic, bool PassesResult, EquatableArray<string> Arguments)
{
    /// <summary>Stands among a loader's arguments for what it tells the cache; no parameter has such a name.</summary>
    public const string EntryContext = "<entry>";
}
