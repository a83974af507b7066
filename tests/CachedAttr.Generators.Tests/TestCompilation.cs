using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RoslynHarness;

namespace CachedAttr.Generators.Tests;

/// <summary>Generates code for one file, or hands one method of it to the parsers.</summary>
internal static class TestCompilation
{
    /// <summary>The generated files by name, and what the compiler says of the whole.</summary>
    public static (IReadOnlyDictionary<string, string> Files, IReadOnlyList<Diagnostic> Diagnostics) Generate(string source)
    {
        var project = SourceProject.Of(source).Generate();
        Assert.Null(project.Exception);
        return (project.Files, project.Problems);
    }

    /// <summary>What the parsers see of the first method with one of the attributes.</summary>
    public static MethodContext ContextOf(string source)
    {
        var compilation = SourceProject.Of(source).Compile();
        var tree = compilation.SyntaxTrees.Last();
        var syntax = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First(method => method.AttributeLists.Count > 0);
        return new(compilation.GetSemanticModel(tree).GetDeclaredSymbol(syntax)!, syntax, compilation, CancellationToken.None);
    }
}
