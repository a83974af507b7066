using System.Globalization;
using System.Text;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>A project of 1,000 cached methods in 100 files, and the same without the cache.</summary>
internal static class ManyMethods
{
    public const int Types = 100;
    public const int Methods = Types * MethodsOfAType;
    private const int MethodsOfAType = 10;

    /// <summary>The source of a file.</summary>
    /// <param name="type">The number of its type.</param>
    /// <param name="isCached">Whether its methods are cached; if not, what would load is called at once.</param>
    /// <param name="edit">What has been edited in it.</param>
    public static string Source(int type, bool isCached, string edit = "")
    {
        var text = new StringBuilder("#nullable enable\nusing System; using System.Collections.Generic; using System.Threading.Tasks;\n");
        text.Append(isCached ? "using CachedAttr;\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"namespace Many;\npublic sealed record Item{type}(int Id, string Name, DateTime Created, double Price, List<string> Tags);\n");
        text.Append(CultureInfo.InvariantCulture, $"public sealed {(isCached ? "partial " : "")}class Service{type}{(isCached ? "(Cache cache)" : "")}\n{{\n");
        for (int method = 0; method < MethodsOfAType; method++)
        {
            string signature = string.Create(CultureInfo.InvariantCulture, $"Task<Item{type}?> Get{method}");
            if (isCached)
                text.Append(CultureInfo.InvariantCulture, $"    [Cached(\"s{type}:m{method}:{{id}}:{{name}}\", Ttl = 600)] public partial {signature}Async(int id, string name);\n");
            text.Append(CultureInfo.InvariantCulture, $"    {(isCached ? "private" : "public")} {signature}{(isCached ? "Core" : "")}Async(int id, string name) => Load(id + {method}, name{edit});\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"    private Task<Item{type}?> Load(int id, string name) => Task.FromResult<Item{type}?>(new(id, name, default, 1, new()));\n}}\n");
        return text.ToString();
    }
}
