using System.Collections.Immutable;
using CachedAttr.Generators.Emitting;
using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Generators;

/// <summary>Writes the bodies of partial methods with <c>[Cached]</c> and <c>[InvalidateCache]</c>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class CachedGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var cachedOutcomes = context.SyntaxProvider.ForAttributeWithMetadataName(KnownTypes.CachedAttribute, IsPartialMethod, ParseCached);
        var invalidatingOutcomes = context.SyntaxProvider.ForAttributeWithMetadataName(KnownTypes.InvalidateCacheAttribute, IsPartialMethod, ParseInvalidating);
        var puttingOutcomes = context.SyntaxProvider.ForAttributeWithMetadataName(KnownTypes.CachePutAttribute, IsPartialMethod, ParsePutting);
        var cached = Models(cachedOutcomes).WithTrackingName(StepNames.CachedMethods);
        var invalidating = Models(invalidatingOutcomes).WithTrackingName(StepNames.InvalidatingMethods);
        var putting = Models(puttingOutcomes).WithTrackingName(StepNames.PuttingMethods);
        var refused = Refused(cachedOutcomes).Combine(Refused(invalidatingOutcomes).Combine(Refused(puttingOutcomes)))
            .Select(static (all, _) => all.Left.Concat(all.Right.Left).Concat(all.Right.Right).ToEquatableArray());

        // By type, so that an edit writes only the file of the type that it changes.
        var types = cached.Collect().Combine(invalidating.Collect().Combine(putting.Collect())).Combine(refused)
            .SelectMany(static (methods, _) => TypeGrouping.Group(methods.Left.Left, methods.Left.Right.Left.AddRange(methods.Left.Right.Right), methods.Right))
            .WithTrackingName(StepNames.Types);
        var manifest = cached.Select(static (method, _) => ManifestEntry.Of(method)).Collect()
            .Combine(invalidating.Select(static (method, _) => InvalidationEntry.Of(method)).Collect())
            .Select(static (entries, _) => ManifestModel.Of(entries.Left, entries.Right))
            .WithTrackingName(StepNames.Manifest);

        context.RegisterSourceOutput(types, static (output, type) => output.AddSource(type.Type.HintName, TypeEmitter.Emit(type)));
        context.RegisterSourceOutput(manifest, static (output, manifest) =>
        {
            if (!manifest.IsEmpty)
                output.AddSource("CachedMethodManifest.g.cs", ManifestEmitter.Emit(manifest));
        });
    }

    private static bool IsPartialMethod(SyntaxNode node, CancellationToken cancellationToken) =>
        node is MethodDeclarationSyntax { Body: null, ExpressionBody: null } method && method.Modifiers.Any(SyntaxKind.PartialKeyword);

    private static IncrementalValuesProvider<T> Models<T>(IncrementalValuesProvider<MethodOutcome<T>?> outcomes)
        where T : class, IEquatable<T> =>
        outcomes.Where(static outcome => outcome?.Model is not null).Select(static (outcome, _) => outcome!.Model!);

    private static IncrementalValueProvider<ImmutableArray<RefusedMethodModel>> Refused<T>(IncrementalValuesProvider<MethodOutcome<T>?> outcomes)
        where T : class, IEquatable<T> =>
        outcomes.Where(static outcome => outcome?.Refused is not null).Select(static (outcome, _) => outcome!.Refused!).Collect();

    private static MethodOutcome<CachedMethodModel>? ParseCached(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        Context(context, cancellationToken) is { } method ? Outcome(method, CachedMethodParser.Parse(method, context.Attributes[0]).Model) : null;

    private static MethodOutcome<InvalidatingMethodModel>? ParseInvalidating(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        Context(context, cancellationToken) is { } method ? Outcome(method, InvalidatingMethodParser.Parse(method).Model) : null;

    // One with both kinds of attributes has been found by the other.
    private static MethodOutcome<InvalidatingMethodModel>? ParsePutting(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol.HasAttribute("InvalidateCacheAttribute") ? null : ParseInvalidating(context, cancellationToken);

    private static MethodOutcome<T> Outcome<T>(MethodContext method, T? model)
        where T : class, IEquatable<T> => new(model, model is null ? RefusedMethodParser.Parse(method) : null);

    // A method that the user has implemented is not ours.
    private static MethodContext? Context(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context is { TargetSymbol: IMethodSymbol { PartialImplementationPart: null } method, TargetNode: MethodDeclarationSyntax syntax }
            ? new(method, syntax, context.SemanticModel.Compilation, cancellationToken)
            : null;
}
