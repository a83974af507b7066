using System.Text.Json;
using ServerRegistry.Domain;

namespace ServerRegistry.Data;

/// <summary>Reads servers from a JSON file: an array of objects with name, type, category, tags, title, description, image, source and tools.</summary>
public static class RegistryFile
{
    /// <exception cref="InvalidDataException">The file is not there, or not of that form; the message says which.</exception>
    public static IReadOnlyList<RegistryEntry> Read(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"--data {path}: there is no such file. Leave the option out for data made here.");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Check([.. document.RootElement.EnumerateArray().Select(ReadServer)]);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"--data {path}: this is not an array of servers: {exception.Message}", exception);
        }
    }

    private static IReadOnlyList<RegistryEntry> Check(IReadOnlyList<RegistryEntry> servers)
    {
        if (servers.Count == 0)
            throw new FormatException("it is empty.");
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return servers.FirstOrDefault(server => !names.Add(server.Name)) is { } twice ? throw new FormatException($"the name '{twice.Name}' is there twice.") : servers;
    }

    private static RegistryEntry ReadServer(JsonElement server) => new(
        Text(server, "name") ?? throw new FormatException("a server has no name."),
        Text(server, "type") ?? "server",
        Text(server, "category") ?? "other",
        Text(server, "title") ?? server.GetProperty("name").GetString()!,
        Text(server, "description") ?? "",
        Text(server, "image"),
        Text(server, "source"),
        [.. server.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString() ?? throw new FormatException("a tag is null."))],
        [.. server.GetProperty("tools").EnumerateArray().Select(ReadTool)]);

    private static ToolEntry ReadTool(JsonElement tool) => new(
        Text(tool, "name") ?? throw new FormatException("a tool has no name."),
        Text(tool, "description") ?? "",
        tool.TryGetProperty("arguments", out var arguments) && arguments.ValueKind == JsonValueKind.Array ? [.. arguments.EnumerateArray().Select(ReadArgument)] : []);

    private static ToolArgument ReadArgument(JsonElement argument) => new(
        Text(argument, "name") ?? throw new FormatException("an argument has no name."),
        Text(argument, "type") ?? "string",
        Text(argument, "description") ?? "");

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
