using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Keys;

/// <summary>CATTR051: puts only a keyed hash of a secret into the key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddSensitiveFix)), Shared]
public sealed class AddSensitiveFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ["CATTR051"];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<ParameterSyntax>() is { } parameter)
            yield return ParameterMarks.Add($"Mark '{parameter.Identifier.ValueText}' as [Sensitive]: only its hash goes into the key", "Sensitive", parameter);
    }
}
