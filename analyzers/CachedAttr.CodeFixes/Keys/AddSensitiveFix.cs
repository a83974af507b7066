using System.Collections.Immutable;
using System.Composition;
using CachedAttr.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.CodeFixes.Keys;

/// <summary>CATTR051: puts only a keyed hash of a secret into the key.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddSensitiveFix)), Shared]
public sealed class AddSensitiveFix : EditingFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [Rules.SecretInKey.Id];

    private protected override IEnumerable<Edit> Find(FixSite site)
    {
        var parameter = site.Node.FirstAncestorOrSelf<ParameterSyntax>() ?? Root(site);
        if (parameter is not null)
            yield return ParameterMarks.Add($"Mark '{parameter.Identifier.ValueText}' as [Sensitive]: only hashes of it go into the key", "Sensitive", parameter);
    }

    /// <summary>The parameter that a hole begins with, all holes of which are then hashed.</summary>
    private static ParameterSyntax? Root(FixSite site)
    {
        string hole = site.Root.SyntaxTree.GetText(site.CancellationToken).ToString(site.Diagnostic.Location.SourceSpan);
        string root = hole.Trim('{', '}').Split('.', ':')[0];
        return site.Method?.ParameterList.Parameters.FirstOrDefault(parameter => parameter.Identifier.ValueText == root);
    }
}
