using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CachedAttr.Telemetry;

namespace CachedAttr.Cli.Commands;

/// <summary><c>map</c>: what an assembly caches, and who invalidates it.</summary>
internal static class MapCommand
{
    public static Command Create(SharedOptions shared)
    {
        var assembly = new Argument<FileInfo>("assembly") { Description = "App.dll" };
        var format = new Option<string>("--format", "-f") { Description = "table, json, markdown or mermaid.", DefaultValueFactory = _ => "table" };
        format.AcceptOnlyFromAmong("table", "json", "markdown", "mermaid");
        var command = new Command("map", "What an assembly caches, and who invalidates it, from its manifest. The assembly is read, not run.") { assembly, format };
        command.SetAction(parsed =>
        {
            var output = new Output(parsed.GetValue(shared.Json));
            try
            {
                Write(output, parsed.GetValue(shared.Json) ? "json" : parsed.GetValue(format)!, ManifestFile.Read(parsed.GetValue(assembly)!.FullName));
                return ExitCodes.Done;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
            {
                return output.Fail(ExitCodes.Wrong, exception.Message);
            }
        });
        return command;
    }

    private static void Write(Output output, string format, InvalidationGraph graph)
    {
        switch (format)
        {
            case "json":
                output.Json(Json(graph));
                break;
            case "mermaid":
                output.Line(Mermaid(graph));
                break;
            case "markdown":
                output.Line("| method | key | TTL | value | invalidated by |\n|---|---|---|---|---|");
                foreach (var row in Rows(graph))
                    output.Line($"| {string.Join(" | ", row.Select(static (cell, i) => i is 1 ? $"`{cell}`" : cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
                break;
            default:
                output.Table(["method", "key", "TTL", "value", "invalidated by"], Rows(graph).Select(static row => (IReadOnlyList<string>)[.. row.SkipLast(1), row[^1].Replace(", ", "\n", StringComparison.Ordinal)]));
                break;
        }
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(InvalidationGraph graph) => graph.Cached.Select(method =>
    {
        string name = NameOf(method);
        return (IReadOnlyList<string>)
        [
            name, method.Template, method.Ttl > 0 ? string.Create(CultureInfo.InvariantCulture, $"{method.Ttl} s") : "default", method.ValueType ?? "",
            string.Join(", ", graph.Edges.Where(edge => edge.Concerns.Contains(name, StringComparer.Ordinal)).Select(static edge => edge.By).Distinct(StringComparer.Ordinal)),
        ];
    });

    private static JsonObject Json(InvalidationGraph graph) => new()
    {
        ["cached"] = new JsonArray([.. graph.Cached.Select(static method => (JsonNode)new JsonObject
        {
            ["method"] = NameOf(method), ["template"] = method.Template, ["ttlSeconds"] = method.Ttl > 0 ? method.Ttl : null, ["value"] = method.ValueType,
        })]),
        ["invalidating"] = new JsonArray([.. graph.Edges.Select(static edge => (JsonNode)new JsonObject
        {
            ["method"] = edge.By, ["pattern"] = edge.Pattern, ["concerns"] = new JsonArray([.. edge.Concerns.Select(static name => (JsonNode)name)]),
        })]),
    };

    private static string Mermaid(InvalidationGraph graph)
    {
        var lines = new List<string> { "flowchart LR" };
        var names = graph.Cached.Select(NameOf).ToList();
        var by = graph.Edges.Select(static edge => edge.By).Distinct(StringComparer.Ordinal).ToList();
        lines.AddRange(by.Select(static (name, i) => $"  w{i}([\"{name}\"])"));
        lines.AddRange(graph.Cached.Select(static (method, i) => $"  c{i}[\"{NameOf(method)}<br/>{Escape(method.Template)}\"]"));
        lines.AddRange(graph.Edges.SelectMany(edge => edge.Concerns.Select(name =>
            $"  w{by.IndexOf(edge.By)} -->|\"{Escape(edge.Pattern)}\"| c{names.IndexOf(name)}")));
        return string.Join('\n', lines);
    }

    private static string Escape(string text) => text.Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    private static string NameOf(CachedMethodManifestAttribute method) => InvalidationGraph.NameOf(method.Type, method.Method);
}
