using System.Text;
using Microsoft.CodeAnalysis;

namespace RoslynHarness;

/// <summary>Code did not compile, or not without a warning. The message has the problems and the generated files that they are in.</summary>
public sealed class CompilationFailedException : Exception
{
    internal CompilationFailedException(Exception? generator, IReadOnlyList<Diagnostic> problems, IReadOnlyDictionary<string, string> files)
        : base(Describe(generator, problems, files), generator)
    {
    }

    private static string Describe(Exception? generator, IReadOnlyList<Diagnostic> problems, IReadOnlyDictionary<string, string> files)
    {
        var text = new StringBuilder();
        if (generator is not null)
            text.Append("The generator threw: ").Append(generator).AppendLine();
        foreach (var problem in problems)
            text.Append(problem).AppendLine();
        foreach (var (name, content) in files.Where(file => problems.Any(problem => problem.Location.SourceTree?.FilePath.EndsWith(file.Key, StringComparison.Ordinal) == true)))
        {
            text.AppendLine().Append("===== ").AppendLine(name);
            string[] lines = content.Split('\n');
            for (int i = 0; i < lines.Length; i++)
                text.Append(i + 1).Append('\t').AppendLine(lines[i]);
        }

        return text.ToString();
    }
}
