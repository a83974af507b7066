using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using RoslynHarness;

namespace CachedAttr.Docs.Tests;

/// <summary>
/// Makes a project of a block. Types stand by themselves; members and statements go into a class <c>Page</c>, to which the files in Surroundings add what the block
/// takes for granted. What the block itself declares is left out there.
/// </summary>
internal static class Snippet
{
    private const string Wrapper = "Page";

    // Of an excerpt: what is declared and not used, or async without await.
    private static readonly string[] NotMeantForExcerpts = ["CS0168", "CS0169", "CS0219", "CS0414", "CS0649", "CS1998", "CS8321", "CS9113"];

    public static SourceProject Project(CodeBlock block)
    {
        var unit = Parse(block.Text);
        var (text, declared) = unit.ContainsDiagnostics ? Members(block) : Mixed(unit, block);
        return new SourceProject { Files = [new(block.Page, text), .. Surroundings(block, declared)], NoWarn = [.. NotMeantForExcerpts] };
    }

    /// <summary>A block of types, statements and members: each where it belongs, in its order, and marked with its line in the page.</summary>
    private static (string Text, HashSet<string> Declared) Mixed(CompilationUnitSyntax unit, CodeBlock block)
    {
        var statements = unit.Members.OfType<GlobalStatementSyntax>().Select(Marked);
        var members = unit.Members.Where(member => member is not GlobalStatementSyntax && !IsType(member)).Select(Marked);
        var types = unit.Members.Where(IsType).Select(Marked);
        string text = $$"""
            {{string.Concat(unit.Usings.Select(Marked))}}
            public sealed partial class {{Wrapper}}
            {
                public async Task RunAsync()
                {
            {{string.Concat(statements)}}
                }
            {{string.Concat(members)}}
            }
            {{string.Concat(types)}}
            """;
        return (text, Declared(unit.Members.Where(member => member is not GlobalStatementSyntax)));

        string Marked(SyntaxNode node) => Line(block, unit.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line) + node.ToFullString();
    }

    /// <summary>A block that makes sense within a class only, such as one with private methods.</summary>
    private static (string Text, HashSet<string> Declared) Members(CodeBlock block)
    {
        string[] lines = block.Text.Split('\n');
        int usings = lines.TakeWhile(line => line.Length == 0 || line.StartsWith("using ", StringComparison.Ordinal)).Count();
        string text = $$"""
            {{string.Join('\n', lines[..usings])}}
            public sealed partial class {{Wrapper}}
            {{{Line(block, usings)}}{{string.Join('\n', lines[usings..])}}
            }
            """;
        var unit = Parse(text);
        if (unit.ContainsDiagnostics)
            throw new FormatException($"{block} is not C#: {unit.GetDiagnostics().First()}");
        return (text, Declared(unit.Members.OfType<TypeDeclarationSyntax>().Single().Members));
    }

    private static CompilationUnitSyntax Parse(string text) => CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();

    private static string Line(CodeBlock block, int line) => $"\n#line {block.Line + line} \"{block.Page}\"\n";

    /// <summary>The files that the block stands in, each without what those closer to the block declare.</summary>
    private static IEnumerable<SourceFile> Surroundings(CodeBlock block, HashSet<string> declared)
    {
        string folder = Path.Combine(Page.Root, "tests", "CachedAttr.Docs.Tests", "Surroundings");
        foreach (string file in new[] { Path.ChangeExtension(block.Page.Replace('/', '-'), ".cs"), "Common.cs" }.Select(name => Path.Combine(folder, name)).Where(File.Exists))
        {
            var unit = Parse(File.ReadAllText(file));
            var inWrapper = unit.Members.OfType<TypeDeclarationSyntax>().Where(type => type.Identifier.Text == Wrapper).SelectMany(type => type.Members);
            var superfluous = unit.Members.Concat(inWrapper).Where(member => Names(member).Any(declared.Contains)).ToList();
            yield return new(file, unit.RemoveNodes(superfluous, SyntaxRemoveOptions.KeepNoTrivia)!.ToFullString());
            declared.UnionWith(Declared(unit.Members).Where(name => name != Wrapper));
        }
    }

    private static bool IsType(SyntaxNode member) => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or BaseNamespaceDeclarationSyntax;

    private static IEnumerable<string> Names(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => [type.Identifier.Text],
        DelegateDeclarationSyntax type => [type.Identifier.Text],
        MethodDeclarationSyntax method => [method.Identifier.Text],
        PropertyDeclarationSyntax property => [property.Identifier.Text],
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(variable => variable.Identifier.Text),
        _ => [],
    };

    private static HashSet<string> Declared(IEnumerable<MemberDeclarationSyntax> members) => members.SelectMany(Names).ToHashSet(StringComparer.Ordinal);
}
