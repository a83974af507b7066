namespace CachedAttr.Generators.Model;

/// <summary>A method that has problems, which analyzers report: its body only throws.</summary>
/// <remarks>
/// Without a body the compiler would say CS8795 and end there: on the command line, errors in declarations keep analyzers from being heard.
/// </remarks>
internal sealed record RefusedMethodModel(ContainingTypeModel Type, DeclarationModel Declaration);

/// <summary>What has become of a method with an attribute: a model, or a body that throws, or neither where the compiler itself has to say what is wrong.</summary>
internal sealed record MethodOutcome<T>(T? Model, RefusedMethodModel? Refused)
    where T : class, IEquatable<T>;
