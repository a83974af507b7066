public sealed record Tenant(string Id);

public sealed record Report(string Title);

public interface ReportDb
{
    Task<Report> ReportAsync(string tenant, DateOnly day, CancellationToken ct);

    Task<IReadOnlyList<Report>> SearchAsync(string text, bool trace);
}

public sealed record Team(int Id, string Name);

public interface TeamDb
{
    Task<Team?> FindAsync(int id);

    Task<IReadOnlyList<string>> MembersAsync(int id);

    Task RenameAsync(int id, string name);

    Task AddAsync(int id, string member);

    Task ImportAsync(Stream people);
}
