using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Generators.Parsing;

/// <summary>What the parsers of one method share: its symbols, and the list of problems.</summary>
/// <remarks>Lives only while a method is parsed.</remarks>
internal sealed class MethodContext(IMethodSymbol method, MethodDeclarationSyntax? syntax, Compilation compilation, CancellationToken cancellationToken)
{
    private readonly List<Problem> _problems = [];
    private readonly List<Problem> _notes = [];

    public IMethodSymbol Method { get; } = method;

    /// <summary>The declaration. The key alone can be parsed without one: that of another assembly's method, for analyzers.</summary>
    public MethodDeclarationSyntax Syntax => syntax ?? throw new InvalidOperationException($"'{Method.Name}' has no declaration in this compilation.");

    public INamedTypeSymbol Type => Method.ContainingType;

    public Compilation Compilation { get; } = compilation;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    public bool HasProblems => _problems.Count > 0;

    /// <summary>The same for another method, whose problems are its own.</summary>
    public MethodContext For(IMethodSymbol other) => new(other, syntax, Compilation, CancellationToken);

    public bool CanAccess(ISymbol symbol) => Compilation.IsSymbolAccessibleWithin(symbol, Type);

    /// <summary>Which of several kinds of attributes is being parsed, if it is not clear.</summary>
    public string? AttributeName { get; set; }

    public void Report(string rule, ProblemPlace place, params string[] arguments) =>
        _problems.Add(new(rule, place.Kind == PlaceKind.Argument ? place with { AttributeName = place.AttributeName ?? AttributeName } : place, new(arguments)));

    /// <summary>Reports a problem that code can be generated in spite of.</summary>
    public void Note(string rule, ProblemPlace place, params string[] arguments) => _notes.Add(new(rule, place, new(arguments)));

    public Parsed<T> Result<T>(T? model)
        where T : class, IEquatable<T> => new(HasProblems ? null : model, _problems.Concat(_notes).ToEquatableArray());

    public IParameterSymbol? FindParameter(string name) => Method.Parameters.FirstOrDefault(parameter => parameter.Name == name);

    /// <summary>An accessible member that holds a value, of the type or its base classes, as far as a static method can use it.</summary>
    public ISymbol? FindValueMember(string name) =>
        Type.SelfAndBases().SelectMany(type => type.GetMembers(name)).FirstOrDefault(CanUse);

    /// <summary>Such a member of the wanted type.</summary>
    public ISymbol? FindValueMember(Func<ITypeSymbol, bool> isWanted, Func<ISymbol, bool> isMeant)
    {
        foreach (var type in Type.SelfAndBases())
        {
            // Plain loops: in a class with a thousand cached methods this runs a million times.
            foreach (var member in type.GetMembers())
            {
                if (IsReadableValue(member) && isWanted(TypeOf(member)) && isMeant(member) && CanUse(member))
                    return member;
            }
        }

        return null;
    }

    /// <summary>A parameter of the type's primary constructor.</summary>
    public IParameterSymbol? FindPrimaryParameter(Func<IParameterSymbol, bool> condition)
    {
        if (Method.IsStatic)
            return null;
        var primary = Type.InstanceConstructors.FirstOrDefault(
            constructor => constructor.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(CancellationToken) is TypeDeclarationSyntax));
        return primary?.Parameters.FirstOrDefault(condition);
    }

    private bool CanUse(ISymbol member) =>
        IsReadableValue(member) && member.CanBeReferencedByName && (member.IsStatic || !Method.IsStatic) && CanAccess(member);

    public static bool IsReadableValue(ISymbol member) =>
        member.Kind == SymbolKind.Field || (member.Kind == SymbolKind.Property && member is IPropertySymbol { IsIndexer: false, GetMethod: not null });

    public static ITypeSymbol TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => throw new ArgumentException($"{symbol.Kind} has no value.", nameof(symbol)),
    };
}
