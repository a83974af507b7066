namespace ServerRegistry.Domain;

/// <summary>What a server can do.</summary>
public sealed record Tool(long Id, long ServerId, string Name, string Description, IReadOnlyList<ToolArgument> Arguments);

/// <summary>What a tool wants to know.</summary>
public sealed record ToolArgument(string Name, string Type, string Description);
