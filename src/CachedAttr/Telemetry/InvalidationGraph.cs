using System.Reflection;
using System.Text.RegularExpressions;
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
                // A hole may be anything that an argument may be.
                string glob = Hole.Replace(pattern, "*");
                string[] concerned = KeyPattern.TryParse(glob, out var parsed, out _)
                    ? [.. templates.Where(one => one.Template.MayMatch(parsed)).Select(static one => one.Name)]
                    : [];
                edges.Add(new(NameOf(method.Type, method.Method), pattern, concerned));
            }
        }

        return new(cached, edges);
    }

    /// <summary>A method's name as settings, metrics and pages have it.</summary>
    internal static string NameOf(string type, string method) => string.Concat(type.AsSpan(type.LastIndexOf('.') + 1), ".", method);

    private static readonly Regex Hole = new(@"\{[^}]*\}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}

/// <summary>One pattern of an invalidating method.</summary>
/// <param name="By">The method.</param>
/// <param name="Pattern">The pattern as it is written, with its holes.</param>
/// <param name="Concerns">The cached methods whose keys it may match.</param>
public sealed record InvalidationEdge(string By, string Pattern, IReadOnlyList<string> Concerns);
