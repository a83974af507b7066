namespace ServerRegistry.Domain;

/// <summary>What to list. Everything that is <see langword="null"/> does not filter.</summary>
public sealed record ServerFilter(
    string? Category = null, string? Type = null, string? Tag = null, string? Text = null, int Page = 1, int PageSize = 20);

/// <summary>One page of a list, and how long the list is.</summary>
public sealed record ServerPage(IReadOnlyList<Server> Servers, long Total, int Page);
