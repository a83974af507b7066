using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace RoslynHarness;

/// <summary>An assembly that was compiled in memory. What it refers to comes from the test process, so that both share the types of CachedAttr.</summary>
public sealed class LoadedAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context = new(nameof(LoadedAssembly), isCollectible: true);

    internal LoadedAssembly(byte[] image, IEnumerable<byte[]> others)
    {
        foreach (byte[] other in others)
            Load(other);
        Assembly = Load(image);
    }

    /// <summary>The assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Calls a public static method and waits for its task, if it returns one.</summary>
    /// <param name="type">The full name of its type.</param>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What it returned.</returns>
    public async Task<object?> InvokeAsync(string type, string method, params object?[] arguments)
    {
        var target = Assembly.GetType(type, throwOnError: true)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static)
            ?? throw new MissingMethodException(type, method);
        object? returned = Invoke(target, arguments);
        if (returned is not Task task)
            return returned;
        await task;
        return task.GetType().GetProperty(nameof(Task<>.Result))?.GetValue(task);
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();

    private static object? Invoke(MethodInfo method, object?[] arguments)
    {
        try
        {
            return method.Invoke(null, arguments);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private Assembly Load(byte[] image)
    {
        using var stream = new MemoryStream(image);
        return _context.LoadFromStream(stream);
    }
}
