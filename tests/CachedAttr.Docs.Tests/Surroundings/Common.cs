// What every page takes for granted: the usings that the SDK for the web adds, and the names that Program.cs has.
global using Microsoft.AspNetCore.Builder;
global using Microsoft.AspNetCore.Hosting;
global using Microsoft.AspNetCore.Http;
global using Microsoft.AspNetCore.Routing;
global using Microsoft.Extensions.Configuration;
global using Microsoft.Extensions.DependencyInjection;
global using Microsoft.Extensions.Hosting;
global using Microsoft.Extensions.Logging;
global using System.Net.Http;
global using System.Net.Http.Json;

public sealed record Server(int Id, string Name, int TeamId);

public sealed record ServerPatch(string Name);

public interface RegistryDb
{
    Task<Server?> FindServerAsync(int id, CancellationToken ct = default);

    Task UpdateAsync(int id, ServerPatch patch, CancellationToken ct = default);

    Task<IReadOnlyList<Server>> ListAsync(int page);
}

public sealed partial class ServerService(Cache cache, RegistryDb db)
{
    [Cached("server:{id}", Ttl = 600)]
    public partial Task<Server?> GetServerAsync(int id, CancellationToken ct = default);

    private Task<Server?> GetServerCoreAsync(int id, CancellationToken ct) => db.FindServerAsync(id, ct);

    [Cached("servers:{page}", Ttl = 60)]
    public partial Task<IReadOnlyList<Server>> ListServersAsync(int page, CancellationToken ct = default);

    private Task<IReadOnlyList<Server>> ListServersCoreAsync(int page, CancellationToken ct) => Task.FromResult<IReadOnlyList<Server>>([]);
}

public sealed partial class Page
{
    private static WebApplicationBuilder builder => throw new NotSupportedException();

    private static WebApplication app => throw new NotSupportedException();

    private static IServiceCollection services => throw new NotSupportedException();

    private static IConfiguration configuration => throw new NotSupportedException();

    private static Cache cache => throw new NotSupportedException();

    private static RegistryDb db => throw new NotSupportedException();

    private static ServerService servers => throw new NotSupportedException();

    private static int id => throw new NotSupportedException();
}
