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
        var cached = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.CachedAttribute, IsPartialMethod, ParseCached)
            .Where(static model => model is not null).Select(static (model, _) => model!)
            .WithTrackingName(StepNames.CachedMethods);
        var invalidating = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.InvalidateCacheAttribute, IsPartialMethod, ParseInvalidating)
            .Where(static model => model is not null).Select(static (model, _) => model!)
            .WithTrackingName(StepNames.InvalidatingMethods);

        var putting = context.SyntaxProvider
            .ForAttributeWithMetadataName(KnownTypes.CachePutAttribute, IsPartialMethod, ParsePutting)
            .Where(static model => model is not null).Select(static (model, _) => model!)
            .WithTrackingName(StepNames.PuttingMethods);

        // By type, so that an edit writes only the file of the type that it changes.
        var types = cached.Collect().Combine(invalidating.Collect().Combine(putting.Collect()))
            .SelectMany(static (methods, _) => TypeGrouping.Group(methods.Left, methods.Right.Left.AddRange(methods.Right.Right)))
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

    private static CachedMethodModel? ParseCached(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        Context(context, cancellationToken) is { } method ? CachedMethodParser.Parse(method, context.Attributes[0]).Model : null;

    private static InvalidatingMethodModel? ParseInvalidating(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        Context(context, cancellationToken) is { } method ? InvalidatingMethodParser.Parse(method).Model : null;

    // One with both kinds of attributes has been found by the other.
    private static InvalidatingMethodModel? ParsePutting(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context.TargetSymbol.HasAttribute("InvalidateCacheAttribute") ? null : ParseInvalidating(context, cancellationToken);

    // A method that the user has implemented is not ours.
    private static MethodContext? Context(GeneratorAttributeSyntaxContext context, CancellationToken cancellationToken) =>
        context is { TargetSymbol: IMethodSymbol { PartialImplementationPart: null } method, TargetNode: MethodDeclarationSyntax syntax }
            ? new(method, syntax, context.SemanticModel.Compilation, cancellationToken)
            : null;
}
