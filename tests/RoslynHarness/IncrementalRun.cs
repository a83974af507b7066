using CachedAttr.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RoslynHarness;

/// <summary>The generator's driver, kept over edits of a project's files, which says of each step what it did after the last edit.</summary>
public sealed class IncrementalRun
{
    private readonly SourceProject _project;
    private readonly Dictionary<string, string> _files;
    private CSharpCompilation _compilation;
    private GeneratorDriver _driver;

    /// <summary>Runs the generator for the first time.</summary>
    /// <param name="project">The files to start with.</param>
    public IncrementalRun(SourceProject project)
    {
        _project = project;
        _files = project.Files.ToDictionary(file => file.Path, file => file.Text, StringComparer.Ordinal);
        _compilation = project.Compile();
        _driver = CSharpGeneratorDriver.Create(
            [new CachedGenerator().AsSourceGenerator()],
            parseOptions: SourceProject.GeneratedCodeOptions,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        _driver = _driver.RunGenerators(_compilation);
    }

    /// <summary>What the generator did last.</summary>
    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    /// <summary>Replaces or adds a file and runs again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="edit">Makes its new text of the old one, which is empty for a new file.</param>
    public IncrementalRun Edit(string path, Func<string, string> edit)
    {
        var old = _compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path);
        _files[path] = edit(_files.GetValueOrDefault(path, ""));
        var changed = _project.Parse(new SourceFile(path, _files[path]));
        _compilation = old is null ? _compilation.AddSyntaxTrees(changed) : _compilation.ReplaceSyntaxTree(old, changed);
        _driver = _driver.RunGenerators(_compilation);
        return this;
    }

    /// <summary>Removes a file and runs again.</summary>
    /// <param name="path">The file.</param>
    public IncrementalRun Remove(string path)
    {
        _files.Remove(path);
        _compilation = _compilation.RemoveSyntaxTrees(_compilation.SyntaxTrees.Single(tree => tree.FilePath == path));
        _driver = _driver.RunGenerators(_compilation);
        return this;
    }

    /// <summary>What the driver did for each output of a step.</summary>
    /// <param name="step">The step's tracking name.</param>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>What the driver did for each generated file.</summary>
    public IReadOnlyList<IncrementalStepRunReason> OutputReasons() =>
        [.. Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>Everything that goes out of a step.</summary>
    /// <param name="step">The step's tracking name.</param>
    public IEnumerable<object> Outputs(string step) => Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Value);
}
