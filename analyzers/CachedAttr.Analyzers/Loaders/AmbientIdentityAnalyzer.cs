using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers.Loaders;

/// <summary>
/// Reports what a loader, or a method of its class that it calls, reads of its surroundings although the key does not contain it: one user's data for another.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AmbientIdentityAnalyzer : SourceAnalyzer
{
    /// <summary>Changes of the list of ambient members, in <c>.editorconfig</c>.</summary>
    internal const string MembersSetting = "cachedattr_ambient_members";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Rules.AmbientState];

    private protected override void Register(AnalysisContext context) => context.RegisterSymbolStartAction(Start, SymbolKind.NamedType);

    private static void Start(SymbolStartAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var cached = type.GetMembers().OfType<IMethodSymbol>()
            .Where(method => method.PartialDefinitionPart is null && method.HasAttribute(AttributedMethod.CachedName)).ToList();
        var tree = cached.SelectMany(method => method.DeclaringSyntaxReferences)
            .Select(reference => reference.SyntaxTree).FirstOrDefault(tree => !tree.IsGenerated());
        if (tree is null)
            return;
        var members = new AmbientMembers(context.Options.Changed(tree, MembersSetting, AmbientMembers.Default, StringComparer.Ordinal));
        var reads = new AmbientReads(type, members, InKeys(cached, context));
        context.RegisterCodeBlockAction(reads.Add);
        context.RegisterSymbolEndAction(end =>
        {
            var reported = new HashSet<Location>();
            foreach (var method in cached.OrderBy(method => method.Name, StringComparer.Ordinal))
                Report(end, method, reads, new AmbientCoverage(method, members, reads, end.Compilation, end.CancellationToken), reported);
        });
    }

    /// <summary>What of the class itself stands in the keys of its methods: <c>_tenant.Id</c>.</summary>
    private static HashSet<string> InKeys(IEnumerable<IMethodSymbol> cached, SymbolStartAnalysisContext context)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var method in cached)
        {
            var parser = new MethodContext(method, null, context.Compilation, context.CancellationToken);
            var parts = KeyParser.CompleteParts(parser, method.FindAttribute(AttributedMethod.CachedName)!, out _) ?? [];
            found.UnionWith(parts.Where(part => part.Path.Count > 0 && parser.FindParameter(part.Path[0]) is null).Select(part => part.Text));
        }

        return found;
    }

    private static void Report(SymbolAnalysisContext context, IMethodSymbol method, AmbientReads reads, AmbientCoverage key, HashSet<Location> reported)
    {
        if (LoaderOf(method) is not { } loader)
            return;
        foreach (var read in reads.ReachableFrom(loader).Where(read => !key.Covers(read, loader) && reported.Add(read.Location)))
        {
            context.ReportDiagnostic(Diagnostic.Create(
                Rules.AmbientState, read.Location, read.Member.Name, read.Text, method.Name,
                read.Group == AmbientReads.GroupOfPath(read.Text) ? $"add {read.Group} to it, as to others of the class" : "make it a parameter, so that it is in the key"));
        }
    }

    private static IMethodSymbol? LoaderOf(IMethodSymbol method)
    {
        string name = method.FindAttribute(AttributedMethod.CachedName)?.Named("Loader") as string ?? LoaderFinder.DefaultName(method.Name);
        return method.ContainingType.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(candidate => LoaderFinder.Arguments(candidate, method) is not null);
    }
}
