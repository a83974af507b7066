global using CachedAttr.Testing;

public sealed partial class ServerService(Cache cache)
{
    [Cached("server:{id}", Ttl = 600)]
    public partial Task<Server?> GetServerAsync(int id);

    private Task<Server?> GetServerCoreAsync(int id) => Task.FromResult<Server?>(new(id, "server", 1));
}
