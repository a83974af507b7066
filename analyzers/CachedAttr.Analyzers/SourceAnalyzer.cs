using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers;

/// <summary>What all analyzers here have in common: they run concurrently, and leave out what is generated.</summary>
public abstract class SourceAnalyzer : DiagnosticAnalyzer
{
    private protected SourceAnalyzer()
    {
    }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
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
