using CachedAttr.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>Applies a fix to what a rule reports. What comes out is compiled with the generator, is free of the rule, and leaves the fix nothing to do.</summary>
/// <typeparam name="TAnalyzer">The rule's analyzer.</typeparam>
/// <typeparam name="TFix">The fix.</typeparam>
internal sealed class VerifyFix<TAnalyzer, TFix>(string rule)
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : EditingFix, new()
{
    /// <summary>Asserts what the first diagnostic's fix makes of a file.</summary>
    /// <param name="before">The file.</param>
    /// <param name="after">What it is to become.</param>
    /// <param name="choice">Which of the offered ways out.</param>
    public Task BecomesAsync(string before, string after, int choice = 0) => ApplyAsync(before, after, choice, all: false);

    /// <summary>Asserts what the fix of all diagnostics at once makes of a file.</summary>
    /// <param name="before">The file.</param>
    /// <param name="after">What it is to become.</param>
    /// <param name="choice">Which of the offered ways out.</param>
    public Task AllBecomeAsync(string before, string after, int choice = 0) => ApplyAsync(before, after, choice, all: true);

    /// <summary>Asserts that the rule reports something, and that no fix is offered.</summary>
    /// <param name="source">The file.</param>
    public async Task IsNotOfferedAsync(string source)
    {
        using var workspace = new FixWorkspace(SourceProject.Of(source), new TAnalyzer());
        var found = await workspace.DiagnosticsAsync(rule);
        Assert.NotEmpty(found);
        foreach (var (document, diagnostic) in found)
            Assert.Empty(await FixWorkspace.ActionsAsync(new TFix(), document, diagnostic));
    }

    /// <summary>The titles of what is offered for the first diagnostic.</summary>
    /// <param name="source">The file.</param>
    public async Task<IReadOnlyList<string>> TitlesAsync(string source)
    {
        using var workspace = new FixWorkspace(SourceProject.Of(source), new TAnalyzer());
        var (document, diagnostic) = (await workspace.DiagnosticsAsync(rule))[0];
        return [.. (await FixWorkspace.ActionsAsync(new TFix(), document, diagnostic)).Select(action => action.Title)];
    }

    private async Task ApplyAsync(string before, string after, int choice, bool all)
    {
        var fix = new TFix();
        Assert.Contains(rule, fix.FixableDiagnosticIds);
        using var workspace = new FixWorkspace(SourceProject.Of(before), new TAnalyzer());
        var found = await workspace.DiagnosticsAsync(rule);
        Assert.NotEmpty(found);
        var (document, diagnostic) = found[0];
        CodeAction? action = (await FixWorkspace.ActionsAsync(fix, document, diagnostic))[choice];
        if (all)
            action = await workspace.AllAsync(fix, document, diagnostic, action);
        await workspace.ApplyAsync(action!);

        string text = Assert.Single(await workspace.TextsAsync());
        Assert.Equal(after, text);
        var left = await workspace.DiagnosticsAsync(rule);
        Assert.Equal(all ? 0 : found.Count - 1, left.Count);
        if (left.Count == 0)
            Assert.Empty(SourceProject.Of(text).Generate().Problems);
    }
}
