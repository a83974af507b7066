using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace RoslynHarness;

/// <summary>C# files with all that decides how they are compiled. Every warning is an error, nullable contexts are on, and the usual global usings are there.</summary>
public sealed record SourceProject
{
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using CachedAttr;
        """;

    // Redirected versions of references, which the SDK switches off for everyone.
    private static readonly KeyValuePair<string, ReportDiagnostic>[] SdkNoWarn = [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)];

    // What the test process runs on: the framework, CachedAttr and its packages. Read once, and bound once for all projects of the default name.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create(
        "Tests",
        [CSharpSyntaxTree.ParseText(GlobalUsings, ParseOptions(DocumentationMode.None))],
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: NullableContextOptions.Enable,
            generalDiagnosticOption: ReportDiagnostic.Error,
            warningLevel: 9999,
            specificDiagnosticOptions: SdkNoWarn));

    /// <summary>The assembly's name. Another one than the default costs some time, because references are bound anew.</summary>
    public string Name { get; init; } = "Tests";

    /// <summary>The files.</summary>
    public ImmutableArray<SourceFile> Files { get; init; } = [];

    /// <summary>References besides those that every project has: other projects that have been compiled.</summary>
    public ImmutableArray<MetadataReference> References { get; init; } = [];

    /// <summary>Whether documentation comments are checked, and missing ones are errors. Generated code is always checked.</summary>
    public bool IsDocumented { get; init; }

    /// <summary>Whether there are the global usings that the SDK adds, and one of CachedAttr.</summary>
    public bool HasGlobalUsings { get; init; } = true;

    /// <summary>Warnings that the project has switched off, as by <c>NoWarn</c>.</summary>
    public ImmutableArray<string> NoWarn { get; init; } = [];

    /// <summary>A project of files that are called by number.</summary>
    /// <param name="texts">Their texts.</param>
    public static SourceProject Of(params IEnumerable<string> texts) =>
        new() { Files = [.. texts.Select((text, i) => new SourceFile($"File{i}.cs", text))] };

    /// <summary>How generated code is parsed: with its documentation checked.</summary>
    internal static CSharpParseOptions GeneratedCodeOptions => ParseOptions(DocumentationMode.Diagnose);

    /// <summary>The compilation before any generator has run.</summary>
    public CSharpCompilation Compile()
    {
        var compilation = HasGlobalUsings ? Empty : Empty.RemoveAllSyntaxTrees();
        if (Name != compilation.AssemblyName)
            compilation = compilation.WithAssemblyName(Name);
        if (!References.IsEmpty)
            compilation = compilation.AddReferences(References);
        if (!NoWarn.IsEmpty)
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions(SdkNoWarn.Concat(NoWarn.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Suppress)))));
        return compilation.AddSyntaxTrees(Files.Select(Parse));
    }

    /// <summary>The compilation with the generator's files.</summary>
    public GeneratedProject Generate() => GeneratedProject.Of(this);

    /// <summary>One of its files.</summary>
    /// <param name="file">The file.</param>
    internal SyntaxTree Parse(SourceFile file) =>
        CSharpSyntaxTree.ParseText(file.Text, ParseOptions(IsDocumented ? DocumentationMode.Diagnose : DocumentationMode.None), file.Path, System.Text.Encoding.UTF8);

    private static CSharpParseOptions ParseOptions(DocumentationMode documentation) => new(LanguageVersion.Latest, documentation);
}

/// <summary>A file of a project.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Text">Its text.</param>
public sealed record SourceFile(string Path, string Text);
