using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CachedAttr.Analyzers;

/// <summary>Reads the settings of the rules from <c>.editorconfig</c>.</summary>
internal static class Settings
{
    /// <summary>A positive number; what is none counts as not set.</summary>
    public static double? Number(this AnalyzerOptions options, SyntaxTree tree, string name) =>
        options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue(name, out string? text)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0 ? number : null;

    /// <summary>A list with the changes of a setting: <c>name</c> adds to it, <c>-name</c> takes away.</summary>
    public static IReadOnlyCollection<string> Changed(this AnalyzerOptions options, SyntaxTree tree, string name, IEnumerable<string> list, StringComparer comparer)
    {
        var result = new HashSet<string>(list, comparer);
        if (!options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue(name, out string? text))
            return result;
        foreach (string change in text.Split(',').Select(part => part.Trim()).Where(part => part.Length > 1))
        {
            if (change[0] == '-')
                result.Remove(change.Substring(1).Trim());
            else
                result.Add(change.TrimStart('+').Trim());
        }

        return result;
    }
}
