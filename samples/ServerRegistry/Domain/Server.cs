namespace ServerRegistry.Domain;

/// <summary>A server of the Model Context Protocol, as registries list them.</summary>
public sealed record Server(
    long Id, string Name, string Type, string Category, string Title, string Description, string? Image, string? Source, string Tags)
{
    /// <summary>The tags, one by one; stored as one text between commas, so that a query can look for one.</summary>
    public IReadOnlyList<string> TagList => Tags.Split(',', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>What a server can do.</summary>
public sealed record Tool(long Id, long ServerId, string Name, string Description, long Arguments);

/// <summary>What to list. Everything that is <see langword="null"/> does not filter.</summary>
public sealed record ServerFilter(string? Category = null, string? Tag = null, string? Text = null, int Page = 1, int PageSize = 20);

/// <summary>One page of a list, and how long the list is.</summary>
public sealed record ServerPage(IReadOnlyList<Server> Servers, long Total, int Page);

/// <summary>What can be said or changed of a server.</summary>
public sealed record ServerDraft(string Name, string Category, string Title, string Description);

/// <summary>Figures over the whole registry.</summary>
public sealed record RegistryStatistics(
    int Servers, int Tools, double ToolsPerServer, IReadOnlyList<Count> ByCategory, IReadOnlyList<Count> MostArguments);

/// <summary>How many there are of something.</summary>
public sealed record Count(string Name, long Number);
