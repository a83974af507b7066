using System.Collections.Immutable;
using CachedAttr.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>A project as an editor has it: with documents that can be changed, the generator, and analyzers over both.</summary>
internal sealed class FixWorkspace : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();
    private readonly ImmutableArray<DiagnosticAnalyzer> _analyzers;
    private readonly ProjectId _project;

    public FixWorkspace(SourceProject source, params IEnumerable<DiagnosticAnalyzer> analyzers)
    {
        _analyzers = [.. analyzers];
        var compilation = source.Compile();
        var options = compilation.SyntaxTrees[0].Options;
        var project = _workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, source.Name, source.Name, LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: options, metadataReferences: compilation.References, analyzerReferences: [new GeneratorReference()]));
        _project = project.Id;
        var solution = project.Solution;
        foreach (var tree in compilation.SyntaxTrees)
            solution = solution.AddDocument(DocumentId.CreateNewId(project.Id), Path.GetFileName(tree.FilePath), tree.GetText(), filePath: tree.FilePath);
        Solution = solution;
    }

    public Solution Solution { get; private set; }

    /// <summary>The texts of the files, in their order, without the global usings.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync()
    {
        var texts = new List<string>();
        foreach (var document in Solution.GetProject(_project)!.Documents.Skip(1))
            texts.Add((await document.GetTextAsync()).ToString());
        return texts;
    }

    /// <summary>What a rule reports, in the order of the places.</summary>
    public async Task<IReadOnlyList<(Document Document, Diagnostic Diagnostic)>> DiagnosticsAsync(string rule) =>
        [.. (await DiagnosticsAsync()).Where(found => found.Diagnostic.Id == rule)];

    /// <summary>What all rules report, in the order of the places.</summary>
    public async Task<IReadOnlyList<(Document Document, Diagnostic Diagnostic)>> DiagnosticsAsync()
    {
        var compilation = await Solution.GetProject(_project)!.GetCompilationAsync();
        var diagnostics = await compilation!.WithAnalyzers(_analyzers).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, diagnostic => diagnostic.Id == "AD0001");
        return [.. diagnostics.Where(diagnostic => diagnostic.Location.IsInSource)
            .Select(diagnostic => (Document: Solution.GetDocument(diagnostic.Location.SourceTree)!, Diagnostic: diagnostic))
            .OrderBy(found => found.Document.Name, StringComparer.Ordinal).ThenBy(found => found.Diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>What a fix offers for a diagnostic.</summary>
    public static async Task<IReadOnlyList<CodeAction>> ActionsAsync(CodeFixProvider fix, Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>The action that carries out another one for all diagnostics of the project.</summary>
    public async Task<CodeAction?> AllAsync(CodeFixProvider fix, Document document, Diagnostic diagnostic, CodeAction action) =>
        await fix.GetFixAllProvider()!.GetFixAsync(new FixAllContext(
            document, fix, FixAllScope.Project, action.EquivalenceKey, [diagnostic.Id], new FixAllDiagnostics(this, diagnostic.Id), CancellationToken.None));

    public async Task ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(Solution, progress: null!, CancellationToken.None);
        Solution = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    public void Dispose() => _workspace.Dispose();

    private sealed class FixAllDiagnostics(FixWorkspace workspace, string rule) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await workspace.DiagnosticsAsync(rule)).Select(found => found.Diagnostic);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await workspace.DiagnosticsAsync(rule)).Where(found => found.Document.Id == document.Id).Select(found => found.Diagnostic);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }

    private sealed class GeneratorReference : AnalyzerReference
    {
        // The workspace tells generators apart by reference.
        private readonly ImmutableArray<ISourceGenerator> _generators = [new CachedGenerator().AsSourceGenerator()];

        public override string? FullPath => null;

        public override object Id => nameof(CachedGenerator);

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;
    }
}
