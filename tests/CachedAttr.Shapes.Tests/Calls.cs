namespace CachedAttr.Shapes.Tests;

/// <summary>Every loader of a shape returns the next number, so that a repeated number is a hit.</summary>
public sealed class Calls
{
    private int _count;

    /// <summary>How many loads there were.</summary>
    public int Count => Volatile.Read(ref _count);

    public int Next() => Interlocked.Increment(ref _count);

    public Task<int> NextAsync() => Task.FromResult(Next());

    public ValueTask<int> NextValueAsync() => new(Next());

    /// <summary>The same arguments hit; other arguments load.</summary>
    public static void Check<T>(Func<int> call, Func<int> other, T service)
    {
        Assert.NotNull(service);
        int first = call();
        Assert.Equal(first, call());
        int second = other();
        Assert.NotEqual(first, second);
        Assert.Equal(second, other());
        Assert.Equal(first, call());
    }

    public static async Task CheckAsync(Func<Task<int>> call, Func<Task<int>> other)
    {
        int first = await call();
        Assert.Equal(first, await call());
        int second = await other();
        Assert.NotEqual(first, second);
        Assert.Equal(second, await other());
        Assert.Equal(first, await call());
    }
}
