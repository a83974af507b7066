namespace McpGateway;

/// <summary>A page of the list of servers.</summary>
public sealed record ServerList(IReadOnlyList<ServerInfo> Servers, string? NextCursor);

/// <summary>A server behind the gateway.</summary>
public sealed record ServerInfo(string Name, string Title, string Category);

/// <summary>A tool that a server offers.</summary>
public sealed record ToolInfo(string Name, string Description);

/// <summary>What a client may use.</summary>
public sealed record ClientConfiguration(string Client, IReadOnlyList<string> AllowedCategories, int RequestsPerMinute);
