using System.Runtime.CompilerServices;

namespace CachedAttr.Generators.Tests.Running;

/// <summary>Counts the loads of a shape. Public, because the shapes are other assemblies.</summary>
public sealed class Calls
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>What loaders say when they load something that no one else gets.</summary>
    public int Next() => Interlocked.Increment(ref _count);

    public T Return<T>(T value)
    {
        Next();
        return value;
    }

    public async Task<T> ReturnAsync<T>(T value)
    {
        await Task.Yield();
        return Return(value);
    }

    public async ValueTask<T> ReturnValueAsync<T>(T value)
    {
        await Task.Yield();
        return Return(value);
    }

    /// <summary>The first call loads, the second is a hit; other arguments do the same, and do not push out the first.</summary>
    public void AreCached<T>(Func<T> call, T value, Func<T> other, T otherValue)
    {
        Loads(1, call, value);
        Loads(0, call, value);
        Loads(1, other, otherValue);
        Loads(0, other, otherValue);
        Loads(0, call, value);
    }

    [OverloadResolutionPriority(1)] // asynchronous lambdas would fit both
    public async Task AreCachedAsync<T>(Func<Task<T>> call, T value, Func<Task<T>> other, T otherValue)
    {
        await LoadsAsync(1, call, value);
        await LoadsAsync(0, call, value);
        await LoadsAsync(1, other, otherValue);
        await LoadsAsync(0, other, otherValue);
        await LoadsAsync(0, call, value);
    }

    public Task AreCachedAsync<T>(Func<ValueTask<T>> call, T value, Func<ValueTask<T>> other, T otherValue) =>
        AreCachedAsync(() => call().AsTask(), value, () => other().AsTask(), otherValue);

    /// <summary>A method whose loader is <see cref="Next"/>: each of the arguments has an entry of its own.</summary>
    public void TellsApart<T>(Func<T, int> get, params IReadOnlyList<T> arguments)
    {
        int before = Count;
        var values = arguments.Select(get).ToList();
        Assert.Equal(before + arguments.Count, Count);
        Assert.Equal(values, arguments.Select(get));
        Assert.Equal(before + arguments.Count, Count);
    }

    /// <summary>A method whose loader is <see cref="Next"/>: all the arguments have one entry.</summary>
    public void TakesAsOne<T>(Func<T, int> get, params IReadOnlyList<T> arguments)
    {
        int before = Count;
        Assert.Single(arguments.Select(get).Distinct());
        Assert.Equal(before + 1, Count);
    }

    public void Loads<T>(int times, Func<T> call, T value)
    {
        int before = Count;
        Assert.Equal(value, call());
        Assert.Equal(before + times, Count);
    }

    [OverloadResolutionPriority(1)]
    public async Task LoadsAsync<T>(int times, Func<Task<T>> call, T value)
    {
        int before = Count;
        Assert.Equal(value, await call());
        Assert.Equal(before + times, Count);
    }

    public Task LoadsAsync<T>(int times, Func<ValueTask<T>> call, T value) => LoadsAsync(times, () => call().AsTask(), value);
}

/// <summary>Arguments that can be passed by reference.</summary>
public static class Guids
{
    public static readonly Guid Empty = Guid.Empty;
    public static readonly Guid Other = new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
}
