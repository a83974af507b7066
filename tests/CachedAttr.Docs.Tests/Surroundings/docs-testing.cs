global using Xunit;

public sealed class FakeDb : RegistryDb
{
    public Task<Server?> FindServerAsync(int id, CancellationToken ct = default) => Task.FromResult<Server?>(new Server(id, "fake", 1));

    public Task UpdateAsync(int id, ServerPatch patch, CancellationToken ct = default) => Task.CompletedTask;

    public Task<IReadOnlyList<Server>> ListAsync(int page) => Task.FromResult<IReadOnlyList<Server>>([]);
}
