namespace ServerRegistry.Domain;

/// <summary>Figures over the whole registry.</summary>
public sealed record RegistryStatistics(
    long Servers,
    long Tools,
    double ToolsPerServer,
    IReadOnlyList<Count> ByCategory,
    IReadOnlyList<Count> ByType,
    IReadOnlyList<Count> MostUsedTags,
    IReadOnlyList<Count> MostArguments);

/// <summary>How many there are of something.</summary>
public sealed record Count(string Name, long Number);
