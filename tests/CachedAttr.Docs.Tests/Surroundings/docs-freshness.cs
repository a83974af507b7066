// Not cached here: the blocks have cached methods with the same keys.
public interface ServerService
{
    Task<Server?> GetServerAsync(int id, CancellationToken ct = default);

    Task<IReadOnlyList<Server>> ListServersAsync(int page, CancellationToken ct = default);
}

public sealed record Feed(string Title);

public sealed record Item(int Id);

public interface Shop
{
    Task<Item?> ItemAsync(int id);
}

public sealed record Report(string Title);

public interface Reports
{
    Task<Report> GetReportAsync(string draft);
}

public sealed partial class Page(HttpClient http)
{
    private Server? server { get; set; }

    private Report? report { get; set; }

    private static Reports reports => throw new NotSupportedException();

    private static string draft => "";

    private static Task<Server?> GetServerCoreAsync(int id, CancellationToken ct) => db.FindServerAsync(id, ct);

    private static Task<IReadOnlyDictionary<int, Server>> GetServersCoreAsync(IReadOnlyCollection<int> ids, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<int, Server>>(new Dictionary<int, Server>());
}
