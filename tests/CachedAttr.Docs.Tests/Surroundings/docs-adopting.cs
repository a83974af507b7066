public sealed record Book(int Id, string Title);

// As in Entity Framework Core.
public interface IDbContextFactory<TContext>
{
    Task<TContext> CreateDbContextAsync(CancellationToken cancellationToken = default);
}

public abstract class ShopContext : IAsyncDisposable
{
    public abstract Task<Book?> FindBookAsync(int id, CancellationToken ct);

    public abstract ValueTask DisposeAsync();
}
