namespace ServerRegistry.Domain;

/// <summary>A server of the Model Context Protocol, as registries list them.</summary>
public sealed record Server(
    long Id, string Name, string Type, string Category, string Title, string Description, string? Image, string? Source, IReadOnlyList<string> Tags);

/// <summary>What can be said or changed of a server.</summary>
public sealed record ServerDraft(string Name, string Category, string Title, string Description);
