using ServerRegistry.Domain;

namespace ServerRegistry.Data;

/// <summary>A server with its tools, before it is in the database.</summary>
public sealed record RegistryEntry(
    string Name,
    string Type,
    string Category,
    string Title,
    string Description,
    string? Image,
    string? Source,
    IReadOnlyList<string> Tags,
    IReadOnlyList<ToolEntry> Tools);

/// <summary>A tool, before it is in the database.</summary>
public sealed record ToolEntry(string Name, string Description, IReadOnlyList<ToolArgument> Arguments);
