using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CachedAttr.Generators.Tests.Incremental;

/// <summary>The generator's driver, kept over edits of a compilation's files, which says of each step what it did after the last edit.</summary>
internal sealed class IncrementalRun
{
    private readonly Dictionary<string, string> _files;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    public IncrementalRun(params (string Name, string Text)[] files)
    {
        _files = files.ToDictionary(file => file.Name, file => file.Text, StringComparer.Ordinal);
        _compilation = TestCompilation.Of("");
        foreach (var (name, text) in files)
            _compilation = _compilation.AddSyntaxTrees(Parse(name, text));
        _driver = CSharpGeneratorDriver.Create(
            [new CachedGenerator().AsSourceGenerator()],
            parseOptions: TestCompilation.ParseOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        _driver = _driver.RunGenerators(_compilation);
    }

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>Replaces or adds a file and runs again.</summary>
    public IncrementalRun Edit(string name, Func<string, string> edit)
    {
        var old = _compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == name);
        _files[name] = edit(_files.GetValueOrDefault(name, ""));
        var changed = Parse(name, _files[name]);
        _compilation = old is null ? _compilation.AddSyntaxTrees(changed) : _compilation.ReplaceSyntaxTree(old, changed);
        _driver = _driver.RunGenerators(_compilation);
        return this;
    }

    /// <summary>The reasons of a step's outputs: what the driver did for each.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>The reasons of the generated files.</summary>
    public IReadOnlyList<IncrementalStepRunReason> OutputReasons() =>
        [.. Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>Everything that goes from step to step.</summary>
    public IEnumerable<object> Models() => Result.TrackedSteps
        .Where(step => typeof(StepNames).GetFields().Any(field => Equals(field.GetRawConstantValue(), step.Key)))
        .SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Value);

    private static SyntaxTree Parse(string name, string text) => CSharpSyntaxTree.ParseText(text, TestCompilation.ParseOptions.WithDocumentationMode(DocumentationMode.None), name);
}
