using System.Text.Json;

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
            return [.. document.RootElement.EnumerateArray().Select(ReadServer)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException($"--data {path}: this is not an array of servers: {exception.Message}", exception);
        }
    }

    private static RegistryEntry ReadServer(JsonElement server) => new(
        server.GetProperty("name").GetString()!,
        Text(server, "type") ?? "server",
        Text(server, "category") ?? "other",
        Text(server, "title") ?? server.GetProperty("name").GetString()!,
        Text(server, "description") ?? "",
        Text(server, "image"),
        Text(server, "source"),
        [.. server.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!)],
        [.. server.GetProperty("tools").EnumerateArray().Select(ReadTool)]);

    private static ToolEntry ReadTool(JsonElement tool) => new(
        tool.GetProperty("name").GetString()!,
        Text(tool, "description") ?? "",
        tool.TryGetProperty("arguments", out var arguments) && arguments.ValueKind == JsonValueKind.Array ? arguments.GetArrayLength() : 0);

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
