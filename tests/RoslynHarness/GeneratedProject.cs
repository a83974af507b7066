using System.Collections.Immutable;
using CachedAttr.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RoslynHarness;

/// <summary>What the generator and the compiler made of a project. Analyzers are to be run on <see cref="Compilation"/>, as they see it in a build.</summary>
public sealed class GeneratedProject
{
    private readonly GeneratorRunResult _result;

    private GeneratedProject(Compilation compilation, GeneratorRunResult result)
    {
        Compilation = compilation;
        _result = result;
    }

    /// <summary>The project's files and the generated ones, bound together.</summary>
    public Compilation Compilation { get; }

    /// <summary>What the generator threw, if it did: its files are then missing.</summary>
    public Exception? Exception => _result.Exception;

    /// <summary>The generated texts by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files => _result.Exception is not null
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        : _result.GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>What generator and compiler complain of: warnings, which are errors here, and errors.</summary>
    public ImmutableArray<Diagnostic> Problems =>
        [.. Compilation.GetDiagnostics().Concat(_result.Diagnostics).Where(diagnostic => !diagnostic.IsSuppressed && diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>Emits the assembly.</summary>
    /// <exception cref="CompilationFailedException">There are problems, warnings included.</exception>
    public byte[] Emit()
    {
        using var stream = new MemoryStream();
        var emitted = Compilation.Emit(stream);
        var problems = emitted.Diagnostics.Concat(_result.Diagnostics).Where(diagnostic => !diagnostic.IsSuppressed && diagnostic.Severity >= DiagnosticSeverity.Warning).ToList();
        if (Exception is not null || !emitted.Success || problems.Count > 0)
            throw new CompilationFailedException(Exception, problems, Files);
        return stream.ToArray();
    }

    /// <summary>Emits the assembly and loads it.</summary>
    /// <param name="others">Assemblies that it refers to, unless the process has them.</param>
    /// <exception cref="CompilationFailedException">There are problems, warnings included.</exception>
    public LoadedAssembly Load(params IEnumerable<byte[]> others) => new(Emit(), others);

    internal static GeneratedProject Of(SourceProject project)
    {
        var driver = CSharpGeneratorDriver.Create([new CachedGenerator().AsSourceGenerator()], parseOptions: SourceProject.GeneratedCodeOptions)
            .RunGeneratorsAndUpdateCompilation(project.Compile(), out var compilation, out _);
        return new(compilation, driver.GetRunResult().Results.Single());
    }
}
