using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CachedAttr.Generators.Tests;

/// <summary>Compiles source text against the run time, with the generator or without it.</summary>
internal static class TestCompilation
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using CachedAttr;
        """;

    internal static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private static readonly MetadataReference[] References =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    public static CSharpCompilation Of(string source) => CSharpCompilation.Create(
        "Tests",
        [CSharpSyntaxTree.ParseText(Usings, ParseOptions), CSharpSyntaxTree.ParseText(source, ParseOptions.WithDocumentationMode(DocumentationMode.None))],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>The generated files by name, and what the compiler says of the whole.</summary>
    public static (IReadOnlyDictionary<string, string> Files, IReadOnlyList<Diagnostic> Diagnostics) Generate(string source)
    {
        var files = GenerateFiles(source, out var output);
        return (files, [.. output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)]);
    }

    /// <summary>The generated files by name. Fails if the generator throws.</summary>
    public static IReadOnlyDictionary<string, string> GenerateFiles(string source, out Compilation output)
    {
        var driver = CSharpGeneratorDriver.Create([new CachedGenerator().AsSourceGenerator()], parseOptions: ParseOptions)
            .RunGeneratorsAndUpdateCompilation(Of(source), out output, out _);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return result.GeneratedSources.ToDictionary(file => file.HintName, file => file.SourceText.ToString(), StringComparer.Ordinal);
    }

    /// <summary>What the parsers see of the first method with one of the attributes.</summary>
    public static MethodContext ContextOf(string source)
    {
        var compilation = Of(source);
        var tree = compilation.SyntaxTrees.Last();
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(method => method.AttributeLists.Count > 0);
        return new(compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, syntax, compilation, CancellationToken.None);
    }
}
