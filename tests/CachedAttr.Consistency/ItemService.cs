using System.Collections.Concurrent;

namespace CachedAttr.Consistency;

/// <summary>The service under test: items with versions, loaded slowly now and then.</summary>
public sealed partial class ItemService(Cache cache, Truth truth, int seed)
{
    private int _loads;

    /// <summary>Loads that a test wants to stop between reading and storing, by item.</summary>
    public ConcurrentDictionary<int, HeldLoad> Held { get; } = new();

    public int Loads => Volatile.Read(ref _loads);

    [Cached("item:{group}:{item}", Ttl = 30, Tags = ["group:{group}", "version:{result}"])]
    public partial Task<long> GetAsync(int group, int item);

    [Cached("locked:{group}:{item}", Ttl = 30, DistributedLock = true, Loader = nameof(GetCoreAsync))]
    public partial Task<long> GetLockedAsync(int group, int item);

    [InvalidateCache("item:{group}:{item}")]
    public partial Task<long> UpdateAsync(int group, int item);

    [InvalidateCache("item:{group}:*")]
    public partial Task<long[]> UpdateGroupAsync(int group, int writer, int writers);

    [InvalidateCache(Tags = ["group:{group}"])]
    public partial Task<long[]> UpdateGroupByTagAsync(int group, int writer, int writers);

    private async Task<long> GetCoreAsync(int group, int item)
    {
        int load = Interlocked.Increment(ref _loads);
        long version = truth.Read((group * Truth.Items) + item);
        if (Held.TryGetValue((group * Truth.Items) + item, out var held))
        {
            held.Read.TrySetResult();
            await held.Released.Task;
            return version;
        }

        // Between reading and storing, where an invalidation hurts: mostly nothing, often a little, sometimes long.
        int pause = new Random(HashCode.Combine(seed, load)).Next(100) switch
        {
            < 60 => 0,
            < 97 => 2,
            _ => 60,
        };
        if (pause > 0)
            await Task.Delay(pause);
        return version;
    }

    private Task<long> UpdateCoreAsync(int group, int item) => Task.FromResult(truth.Update((group * Truth.Items) + item));

    private Task<long[]> UpdateGroupCoreAsync(int group, int writer, int writers) => Task.FromResult(
        Enumerable.Range(0, Truth.Items).Where(item => Owner(group, item, writers) == writer).Select(item => truth.Update((group * Truth.Items) + item)).ToArray());

    private Task<long[]> UpdateGroupByTagCoreAsync(int group, int writer, int writers) => UpdateGroupCoreAsync(group, writer, writers);

    /// <summary>Which process writes an item.</summary>
    public static int Owner(int group, int item, int writers) => ((group * Truth.Items) + item) % writers;
}

/// <summary>A load that waits after it has read.</summary>
public sealed class HeldLoad
{
    public TaskCompletionSource Read { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
