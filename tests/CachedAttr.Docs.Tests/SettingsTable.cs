using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace CachedAttr.Docs.Tests;

/// <summary>The table of the settings of an options class: its properties, their types and defaults, and what their documentation says.</summary>
internal static partial class SettingsTable
{
    // What is not seen in a new instance.
    private static readonly Dictionary<string, string> Defaults = new(StringComparer.Ordinal) { ["KeyPrefix"] = "application name and `:`" };

    private static readonly HashSet<string> Fractions = new(StringComparer.Ordinal) { "RefreshAhead", "Jitter" };

    /// <param name="type">The options class.</param>
    /// <param name="section">What its environment variables begin with.</param>
    public static string Of(Type type, string section)
    {
        object instance = Activator.CreateInstance(type)!;
        var documented = type.GetProperties().Select(property => (Property: property, Summary: Summary(property))).ToList();
        var table = new StringBuilder("\n| setting | type | default | environment variable | live | |\n|---|---|---|---|---|---|\n");
        foreach (var (property, summary) in documented.Where(setting => !IsByCodeOnly(setting.Summary)))
        {
            string? value = Default(property, instance);
            table.Append(
                CultureInfo.InvariantCulture,
                $"| `{property.Name}` | {TypeOf(property)} | {value ?? "–"} | `{section}{property.Name}{(IsSection(property) ? "__{name}__…" : "")}` | {(IsLive(type, summary) ? "yes" : "no")} | {Meaning(summary, value is not null)} |\n");
        }

        var byCode = documented.Where(setting => IsByCodeOnly(setting.Summary)).ToList();
        if (byCode.Count > 0)
            table.Append("\nBy code only:\n\n| | |\n|---|---|\n");
        foreach (var (property, summary) in byCode)
            table.Append(CultureInfo.InvariantCulture, $"| `{property.Name}` | {ByCodeOnly().Replace(summary, "").Trim()} |\n");
        return table.Append('\n').ToString();
    }

    public static bool IsByCodeOnly(PropertyInfo property) => IsByCodeOnly(Summary(property));

    public static bool IsSection(PropertyInfo property) => property.PropertyType.IsGenericType && property.PropertyType.GetGenericTypeDefinition() == typeof(IDictionary<,>);

    private static bool IsByCodeOnly(string summary) => ByCodeOnly().IsMatch(summary);

    // Policies are live as a whole.
    private static bool IsLive(Type type, string summary) => type == typeof(CachePolicy) || Live().IsMatch(summary);

    private static string TypeOf(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum)
            return string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"));
        return type == typeof(bool) ? "`true`, `false`"
            : type == typeof(double) ? (Fractions.Contains(property.Name) ? "fraction" : "seconds")
            : type == typeof(int) || type == typeof(long) ? "integer"
            : type == typeof(string) ? "text"
            : "section";
    }

    private static string? Default(PropertyInfo property, object instance)
    {
        if (Defaults.TryGetValue(property.Name, out string? known))
            return known;
        return property.GetValue(instance) switch
        {
            null => null,
            bool flag => flag ? "`true`" : "`false`",
            string text => $"`{text}`",
            Enum value => $"`{value}`",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };
    }

    /// <summary>The documentation without what other columns say.</summary>
    private static string Meaning(string summary, bool hasDefault)
    {
        string meaning = Live().Replace(summary, "");
        return (hasDefault ? DefaultValue().Replace(meaning, "") : meaning).Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static string Summary(PropertyInfo property)
    {
        var file = XDocument.Load(Path.ChangeExtension(property.DeclaringType!.Assembly.Location, ".xml"));
        string member = $"P:{property.DeclaringType.FullName}.{property.Name}";
        var summary = file.Descendants("member").Single(candidate => candidate.Attribute("name")!.Value == member).Element("summary")!;
        return Blanks().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim();
    }

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement see when see.Attribute("langword") is { } word => $"`{word.Value}`",
        XElement see when see.Attribute("cref") is { } reference => $"`{Name(reference.Value)}`",
        _ => throw new FormatException($"No text is made of {node}."),
    };

    private static string Name(string reference)
    {
        string name = reference.Split('(')[0].Split('.')[^1].Split('`')[0];
        return reference.StartsWith("T:", StringComparison.Ordinal) && name.EndsWith("Attribute", StringComparison.Ordinal) ? $"[{name[..^"Attribute".Length]}]" : name;
    }

    [GeneratedRegex(@"\s*\bLive\b[^.]*\.", RegexOptions.None, 1000)]
    private static partial Regex Live();

    [GeneratedRegex(@"\s*(Cannot be configured from a file|By code only)\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ByCodeOnly();

    [GeneratedRegex(@"[;.,] ([^.;]|[.](?=\d)){0,60}? by default(?=\.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DefaultValue();

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blanks();
}
