public sealed record Server(int Id, string Name, int TeamId, string Region);

// Not cached here: the class of the blocks caches under the same keys.
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

public sealed record Report(string Title, bool IsDraft);

public interface Reports
{
    Task<Report> GetReportAsync(string draft);
}

public sealed record Order(int Id);

public interface OrderDb
{
    Task<Order?> FindAsync(string tenant, int id, CancellationToken ct);

    Task ImportAsync(string tenant, Stream orders, CancellationToken ct);
}

public sealed partial class Page(HttpClient http)
{
    private Server? server { get; set; }

    private Report? report { get; set; }

    private static Reports reports => throw new NotSupportedException();

    private static string draft => "";

    [Cached("server:{id}", Ttl = 600)]
    public partial Task<Server?> GetServerAsync(int id, CancellationToken ct = default);

    private static Task<Server?> GetServerCoreAsync(int id, CancellationToken ct) => db.FindServerAsync(id, ct);

    [Cached("server:{id}:tools", Ttl = 600)]
    public partial Task<IReadOnlyList<string>> GetToolsAsync(int id);

    private static Task<IReadOnlyList<string>> GetToolsCoreAsync(int id) => Task.FromResult<IReadOnlyList<string>>([$"{id}"]);

    [Cached("servers:{page}", Ttl = 60)]
    public partial Task<IReadOnlyList<Server>> ListServersAsync(int page);

    private static Task<IReadOnlyList<Server>> ListServersCoreAsync(int page) => db.ListAsync(page);

    private static Task<IReadOnlyDictionary<int, Server>> GetServersCoreAsync(IReadOnlyCollection<int> ids, CancellationToken ct) =>
        Task.FromResult<IReadOnlyDictionary<int, Server>>(new Dictionary<int, Server>());

    private static Task<Server> MoveServerCoreAsync(int id, string region, CancellationToken ct) => Task.FromResult(new Server(id, "moved", 1, region));

    private static Task<Report> GetReportCoreAsync(int id, bool preview) => Task.FromResult(new Report($"{id}", preview));
}
