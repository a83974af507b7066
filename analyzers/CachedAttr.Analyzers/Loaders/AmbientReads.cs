using System.Collections.Concurrent;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CachedAttr.Analyzers.Loaders;

/// <summary>What the members of one class read of their surroundings, and which of each other they use.</summary>
/// <remarks>Filled by several threads, read when all code of the class has been seen.</remarks>
/// <param name="type">The class.</param>
/// <param name="members">What is ambient wherever it is read.</param>
/// <param name="inKeys">Members of the class, and members of these, that the key of one of its methods contains: what values depend on there, they depend on everywhere.</param>
internal sealed class AmbientReads(INamedTypeSymbol type, AmbientMembers members, ISet<string> inKeys)
{
    private readonly ConcurrentDictionary<ISymbol, ConcurrentBag<AmbientRead>> _reads = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ConcurrentBag<ISymbol>> _uses = new(SymbolEqualityComparer.Default);

    /// <summary>Looks at the code of a member.</summary>
    public void Add(CodeBlockAnalysisContext context)
    {
        var member = MemberOf(context.OwningSymbol);
        if (!IsOwn(member))
            return;
        foreach (var body in Bodies(context.CodeBlock))
        {
            foreach (var operation in context.SemanticModel.GetOperation(body, context.CancellationToken)?.DescendantsAndSelf() ?? [])
                Add(member, operation);
        }
    }

    private static IEnumerable<SyntaxNode> Bodies(SyntaxNode block) => block switch
    {
        BasePropertyDeclarationSyntax property => property.ChildNodes().OfType<ArrowExpressionClauseSyntax>(),
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax => [block],
        _ => [],
    };

    private void Add(ISymbol member, IOperation operation)
    {
        if (operation is not (IMemberReferenceOperation or IInvocationOperation or IObjectCreationOperation or IParameterReferenceOperation) || AmbientContext.IsHarmless(operation))
            return;
        if (operation is IMemberReferenceOperation { Member: var used } && IsOwn(used))
            _uses.GetOrAdd(member, _ => []).Add(used.OriginalDefinition);
        else if (operation is IInvocationOperation { TargetMethod: var called } && IsOwn(called))
            _uses.GetOrAdd(member, _ => []).Add(called.OriginalDefinition);
        if (IsOfSomethingRead(operation))
            return;
        if (NameOf(operation) is not { } name)
        {
            if (inKeys.Count > 0 && PathOf(operation) is { } path && inKeys.Contains(path))
                _reads.GetOrAdd(member, _ => []).Add(new(member, operation.Syntax.GetLocation(), path, GroupOfPath(path), null));
            return;
        }

        string group = GroupOf(name, Receiver(operation));
        _reads.GetOrAdd(member, _ => []).Add(new(member, operation.Syntax.GetLocation(), Text(operation, name), group, ParameterOf(operation)));
    }

    /// <summary>What a member reads, itself and by way of others of its class.</summary>
    public IEnumerable<AmbientRead> ReachableFrom(ISymbol start)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { start.OriginalDefinition };
        var open = new Queue<ISymbol>(seen);
        while (open.Count > 0)
        {
            var member = open.Dequeue();
            foreach (var read in Of(_reads, member).OrderBy(read => read.Location.SourceSpan.Start))
                yield return read;
            foreach (var used in Of(_uses, member).Where(seen.Add))
                open.Enqueue(used);
        }
    }

    /// <summary>The group of a listed member; for a value of its own, such as an AsyncLocal, with the name of what holds it.</summary>
    public static string GroupOf(string name, string? holder) =>
        name == "System.Threading.AsyncLocal" ? name + " " + holder : AmbientMembers.GroupOf(name);

    /// <summary>The group of what the key of another method of the class contains.</summary>
    public static string GroupOfPath(string path) => "{" + path + "}";

    /// <summary><c>_tenant.Id</c>, as a hole would be written; null for what is not a member of the class, or of what one holds.</summary>
    private string? PathOf(IOperation operation) => operation switch
    {
        IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } primary } => primary.Name,
        IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation, Member: var own } => IsOfType(own) ? own.Name : null,
        IMemberReferenceOperation { Member: var member } => InstanceOf(operation) is { } instance && PathOf(instance) is { } path ? path + "." + member.Name : null,
        _ => null,
    };

    private bool IsOfType(ISymbol symbol) => type.SelfAndBases().Any(current => SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, symbol.ContainingType.OriginalDefinition));

    private bool IsOwn(ISymbol symbol) => SymbolEqualityComparer.Default.Equals(symbol.ContainingType?.OriginalDefinition, type.OriginalDefinition);

    private string? NameOf(IOperation operation) => operation switch
    {
        IMemberReferenceOperation reference => members.Find(reference.Member),
        IInvocationOperation call => members.Find(call.TargetMethod),
        IObjectCreationOperation { Arguments.Length: 0, Type: { Name: "Random" } created } => members.FindType(created),
        _ => null,
    };

    // accessor.HttpContext.User.Identity is one read, where it begins; and a local's value has been read where it was assigned.
    private bool IsOfSomethingRead(IOperation operation) => InstanceOf(operation) switch
    {
        null => false,
        ILocalReferenceOperation or IObjectCreationOperation => true,
        IParameterReferenceOperation { Parameter.ContainingSymbol: IMethodSymbol { MethodKind: var kind } } =>
            kind is MethodKind.AnonymousFunction or MethodKind.LocalFunction,
        var instance => NameOf(instance) is not null || IsOfSomethingRead(instance),
    };

    private static IOperation? InstanceOf(IOperation operation)
    {
        var instance = operation switch
        {
            IMemberReferenceOperation reference => reference.Instance,
            IInvocationOperation { TargetMethod.IsExtensionMethod: true, Instance: null, Arguments: [var first, ..] } => first.Value,
            IInvocationOperation call => call.Instance,
            _ => null,
        };
        while (instance is IConversionOperation or IParenthesizedOperation or IConditionalAccessInstanceOperation)
        {
            instance = instance switch
            {
                IConversionOperation conversion => conversion.Operand,
                IParenthesizedOperation inner => inner.Operand,
                _ => AmbientContext.ConditionalReceiver(instance),
            };
        }

        return instance is IInstanceReferenceOperation ? null : instance;
    }

    private static string? Receiver(IOperation operation) => (InstanceOf(operation) as IMemberReferenceOperation)?.Member.Name;

    private static string? ParameterOf(IOperation operation)
    {
        var current = InstanceOf(operation);
        while (current is not null and not IParameterReferenceOperation)
            current = InstanceOf(current);
        return current is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: not MethodKind.Constructor } } parameter }
            ? parameter.Name : null;
    }

    private static string Text(IOperation operation, string name)
    {
        string text = operation.Syntax.ToString();
        return text.Length > 60 || text.Contains('\n') || text.StartsWith(".", StringComparison.Ordinal) ? name : text;
    }

    private static ISymbol MemberOf(ISymbol symbol) =>
        (symbol is IMethodSymbol { AssociatedSymbol: { } property } ? property : symbol).OriginalDefinition;

    private static ConcurrentBag<T> Of<T>(ConcurrentDictionary<ISymbol, ConcurrentBag<T>> map, ISymbol symbol) => map.TryGetValue(symbol, out var found) ? found : [];
}
