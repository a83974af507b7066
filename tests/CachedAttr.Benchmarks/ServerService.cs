namespace CachedAttr.Benchmarks;

public sealed record Server(int Id, string Name);

/// <summary>One cached method of each kind.</summary>
public sealed partial class ServerService(Cache cache)
{
    [Cached("sync:{id}", Ttl = 3600, LocalCapacity = 2_000_000)]
    public partial Server Get(int id);

    [Cached("task:{id}", Ttl = 3600)]
    public partial Task<Server> GetAsync(int id);

    [Cached("value:{id}", Ttl = 3600)]
    public partial ValueTask<Server> GetFastAsync(int id);

    [Cached("name:{owner}:{name}", Ttl = 3600)]
    public partial Server GetByName(string owner, string name);

    private Server GetCore(int id) => new(id, "a server");

    private Task<Server> GetCoreAsync(int id) => Task.FromResult(new Server(id, "a server"));

    private ValueTask<Server> GetFastCoreAsync(int id) => new(new Server(id, "a server"));

    private Server GetByNameCore(string owner, string name) => new(name.Length, owner);
}
