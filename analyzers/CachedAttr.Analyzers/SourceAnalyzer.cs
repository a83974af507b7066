using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers;

/// <summary>What all analyzers here have in common: they run concurrently, and over all code.</summary>
public abstract class SourceAnalyzer : DiagnosticAnalyzer
{
    private protected SourceAnalyzer()
    {
    }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        // The generated half of a method carries [GeneratedCode], and the compiler takes the user's half for generated as well: what is generated is told by its file.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        Register(context);
    }

    private protected abstract void Register(AnalysisContext context);

    /// <summary>An action for the declarations of methods, as one for those with attributes of this library.</summary>
    private protected static Action<SyntaxNodeAnalysisContext> ForMethods(Action<AttributedMethod, SyntaxNodeAnalysisContext> action) => context =>
    {
        if (AttributedMethod.Of(context) is { } method)
            action(method, context);
    };
}
