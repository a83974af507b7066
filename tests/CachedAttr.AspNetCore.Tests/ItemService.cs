namespace CachedAttr.AspNetCore.Tests;

public sealed record Item(int Id, string Name);

/// <summary>What the pages show.</summary>
public sealed partial class ItemService(Cache cache)
{
    [Cached("item:{id}", Ttl = 600)]
    public partial Task<Item> GetItemAsync(int id);

    [Cached("items:{owner}", Ttl = 60)]
    public partial Task<IReadOnlyList<Item>> ListItemsAsync(string owner);

    [Cached("note:{text}", Ttl = 60)]
    public partial string Note(string text);

    [InvalidateCache("item:{id}", "items:*")]
    public partial Task UpdateItemAsync(int id);

    private Task<Item> GetItemCoreAsync(int id) => Task.FromResult(new Item(id, $"item {id}"));

    private Task<IReadOnlyList<Item>> ListItemsCoreAsync(string owner) => Task.FromResult<IReadOnlyList<Item>>([new(1, owner)]);

    private string NoteCore(string text) => text;

    private Task UpdateItemCoreAsync(int id) => Task.CompletedTask;
}
