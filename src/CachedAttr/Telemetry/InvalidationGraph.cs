using System.Reflection;
using CachedAttr.Hosting;
using CachedAttr.Keys;

namespace CachedAttr.Telemetry;

/// <summary>Who invalidates what, as the manifests of the program's assemblies say.</summary>
/// <param name="Cached">The cached methods.</param>
/// <param name="Edges">The patterns of invalidating methods, each with the cached methods whose keys it may match.</param>
public sealed record InvalidationGraph(IReadOnlyList<CachedMethodManifestAttribute> Cached, IReadOnlyList<InvalidationEdge> Edges)
{
    /// <summary>The graph of the running program.</summary>
    /// <returns>The graph. It is worked out each time.</returns>
    public static InvalidationGraph OfProgram() => Of(MethodCatalog.Assemblies());

    /// <summary>The graph of some assemblies.</summary>
    /// <param name="assemblies">The assemblies.</param>
    /// <returns>The graph.</returns>
    public static InvalidationGraph Of(IEnumerable<Assembly> assemblies)
    {
        ArgumentNullException.ThrowIfNull(assemblies);
        Assembly[] all = [.. assemblies];
        return Of(
            [.. all.SelectMany(static assembly => assembly.GetCustomAttributes<CachedMethodManifestAttribute>())],
            [.. all.SelectMany(static assembly => assembly.GetCustomAttributes<InvalidatingMethodManifestAttribute>())]);
    }

    /// <summary>The graph of some methods.</summary>
    /// <param name="cached">The cached methods.</param>
    /// <param name="invalidating">Those that invalidate.</param>
    /// <returns>The graph.</returns>
    public static InvalidationGraph Of(IReadOnlyList<CachedMethodManifestAttribute> cached, IReadOnlyList<InvalidatingMethodManifestAttribute> invalidating)
    {
        ArgumentNullException.ThrowIfNull(cached);
        ArgumentNullException.ThrowIfNull(invalidating);
        var templates = cached.Select(static method => (Name: NameOf(method.Type, method.Method), Template: KeyTemplate.Parse(method.Template))).ToList();
        var edges = new List<InvalidationEdge>();
        foreach (var method in invalidating)
        {
            foreach (string pattern in method.Patterns)
            {
                var tokens = Tokenize(pattern);
                edges.Add(new(
                    NameOf(method.Type, method.Method), pattern, [.. templates.Where(one => one.Template.MayMatch(tokens)).Select(static one => one.Name)]));
            }
        }

        return new(cached, edges);
    }

    /// <summary>A method's name as settings, metrics and pages have it.</summary>
    internal static string NameOf(string type, string method) => string.Concat(type.AsSpan(type.LastIndexOf('.') + 1), ".", method);

    // What fills a hole is one or more characters that an argument may have: no wildcard of the pattern's own reaches as far.
    private static GlobToken[] Tokenize(string pattern)
    {
        var tokens = new List<GlobToken>();
        int start = 0;
        while (start < pattern.Length)
        {
            int open = pattern.IndexOf('{', start);
            int end = open < 0 ? pattern.Length : open;
            if (end > start && KeyPattern.TryParse(pattern[start..end], out var literal, out _))
                tokens.AddRange(literal.Tokens);
            if (open < 0)
                break;
            tokens.Add(new(CharSet.Hole, Repeats: false));
            tokens.Add(new(CharSet.Hole, Repeats: true));
            start = pattern.IndexOf('}', open) + 1;
            if (start == 0)
                break;
        }

        return [.. tokens];
    }
}

/// <summary>One pattern of an invalidating method.</summary>
/// <param name="By">The method.</param>
/// <param name="Pattern">The pattern as it is written, with its holes.</param>
/// <param name="Concerns">The cached methods whose keys it may match.</param>
public sealed record InvalidationEdge(string By, string Pattern, IReadOnlyList<string> Concerns);
