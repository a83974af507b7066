using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CachedAttr.Analyzers.Loaders;

/// <summary>Tells reads of ambient state that cannot get into the result: for logging, in <c>nameof</c>, as the target of an assignment.</summary>
internal static class AmbientContext
{
    private static readonly HashSet<string> Observers = new(
        ["ILogger", "LoggerExtensions", "LoggerMessage", "Activity", "ActivitySource",
            "Debug", "Trace", "Console", "Counter", "Histogram", "EventSource"], StringComparer.Ordinal);

    public static bool IsHarmless(IOperation operation) =>
        operation.Parent is ISimpleAssignmentOperation assignment && assignment.Target == operation
        || IsObserved(operation)
        || (LocalOf(operation) is { } local && IsOnlyObserved(operation, local));

    /// <summary>What stands before the <c>?.</c> that an operation belongs to.</summary>
    public static IOperation? ConditionalReceiver(IOperation instance)
    {
        var child = instance;
        for (var parent = instance.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == child)
                return access.Operation;
        }

        return null;
    }

    // An argument, at any depth, of a call that only tells others about it.
    private static bool IsObserved(IOperation operation)
    {
        for (var current = operation.Parent; current is not null and not IBlockOperation; current = current.Parent)
        {
            if (current is INameOfOperation || (current is IInvocationOperation { TargetMethod: var method } && IsObserver(method)))
                return true;
        }

        return false;
    }

    private static bool IsObserver(IMethodSymbol method) =>
        Observers.Contains(method.ContainingType.Name) || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "LoggerMessageAttribute");

    private static ILocalSymbol? LocalOf(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation)
            parent = parent.Parent;
        return parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } ? local : null;
    }

    private static bool IsOnlyObserved(IOperation operation, ILocalSymbol local)
    {
        var root = operation;
        while (root.Parent is not null)
            root = root.Parent;
        var uses = root.Descendants().OfType<ILocalReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Local, local)).ToList();
        return uses.Count > 0 && uses.TrueForAll(IsObserved);
    }
}
