using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CachedAttr.Analyzers.Keys;

/// <summary>Checks the interpolated strings that a <c>KeyBuilder</c> returns: two values without anything between them, and formats that lose information.</summary>
internal static class KeyBuilderInterpolation
{
    public static void Start(SymbolStartAnalysisContext context)
    {
        var builders = new HashSet<string>(((INamedTypeSymbol)context.Symbol).GetMembers().OfType<IMethodSymbol>()
            .Select(method => method.FindAttribute(AttributedMethod.CachedName)?.Named("KeyBuilder") as string)
            .Where(name => name is not null).Select(name => name!));
        if (builders.Count > 0)
            context.RegisterOperationAction(operation => Analyze(operation, builders), OperationKind.InterpolatedString);
    }

    private static void Analyze(OperationAnalysisContext context, HashSet<string> builders)
    {
        if (context.ContainingSymbol is not IMethodSymbol { ReturnType.SpecialType: SpecialType.System_String } method || !builders.Contains(method.Name)
            || !IsReturned(context.Operation))
        {
            return;
        }

        IInterpolationOperation? before = null;
        foreach (var part in ((IInterpolatedStringOperation)context.Operation).Parts)
        {
            var hole = part as IInterpolationOperation;
            if (hole is not null && before is not null && !HasFixedLength(before) && Root(hole) is not null)
                Report(context, hole, "Nothing separates this value from the one before it", "write a ':' between them");
            else if (hole is not null && LossOf(hole) is { } loss)
                Report(context, hole, $"The format leaves out {loss.LeftOut}", loss.WayOut);
            before = hole;
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation operation, string what, string wayOut) =>
        context.ReportDiagnostic(Diagnostic.Create(Rules.InformationLost, operation.Syntax.GetLocation(), what, wayOut));

    // What is only part of the key may be put together with more.
    private static bool IsReturned(IOperation operation)
    {
        var parent = operation.Parent;
        while (parent is IConversionOperation)
            parent = parent.Parent;
        return parent is IReturnOperation;
    }

    private static FormatLoss? LossOf(IInterpolationOperation hole) =>
        hole.FormatString?.ConstantValue.Value is string { Length: > 0 } format && Root(hole) is { } type && ScalarParser.Parse(type) is { } scalar
            ? FormatLoss.Find(scalar, format) : null;

    private static bool HasFixedLength(IInterpolationOperation hole) =>
        Root(hole) is not { } type || type.SpecialType is SpecialType.System_Char || type.Is("System", "Guid")
        || hole.FormatString is not null || hole.Alignment is not null;

    /// <summary>The type of a value that differs from call to call; null for a constant.</summary>
    private static ITypeSymbol? Root(IInterpolationOperation hole)
    {
        var value = hole.Expression;
        while (value is IConversionOperation { IsImplicit: true } conversion)
            value = conversion.Operand;
        return value.ConstantValue.HasValue ? null : value.Type;
    }
}
