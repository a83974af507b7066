using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace CachedAttr.CodeFixes;

/// <summary>A fix that edits the document in which the diagnostic is: one diagnostic at a time, or all of a document in one edit.</summary>
public abstract class EditingFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new EditingFixAll(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            foreach (var edit in await FindEditsAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
                context.RegisterCodeFix(CodeAction.Create(edit.Title, token => ApplyAsync(context.Document, [edit], token), edit.Key), diagnostic);
        }
    }

    /// <summary>The ways out of a diagnostic; none where it is not clear what to do.</summary>
    private protected abstract IEnumerable<Edit> Find(FixSite site);

    private async Task<IReadOnlyList<Edit>> FindEditsAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken) =>
        await FixSite.OfAsync(document, diagnostic, cancellationToken).ConfigureAwait(false) is { } site ? [.. Find(site)] : [];

    private static async Task<Document> ApplyAsync(Document document, IEnumerable<Edit> edits, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var editor = new SyntaxEditor(root!, document.Project.Solution.Services);
        foreach (var edit in edits)
            edit.Apply(editor);
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }

    private sealed class EditingFixAll(EditingFix fix) : DocumentBasedFixAllProvider
    {
        protected override async Task<Document?> FixAllAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
        {
            var edits = new List<Edit>();
            foreach (var diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
            {
                var found = await fix.FindEditsAsync(document, diagnostic, context.CancellationToken).ConfigureAwait(false);
                edits.AddRange(found.Where(edit => edit.Key == context.CodeActionEquivalenceKey));
            }

            var distinct = edits.GroupBy(edit => (edit.Target, edit.Title)).Select(same => same.First());
            return edits.Count == 0 ? null : await ApplyAsync(document, distinct, context.CancellationToken).ConfigureAwait(false);
        }
    }
}
