using Spectre.Console;

namespace CachedAttr.Cli;

/// <summary>Shows that something is going on, where it takes longer than a second and somebody is looking.</summary>
internal static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Waits for work of unknown length.</summary>
    public static async Task<T> WhileAsync<T>(Output output, string what, Func<Task<T>> work)
    {
        var task = work();
        if (output.IsJson || Console.IsOutputRedirected || await Task.WhenAny(task, Task.Delay(Patience)) == task)
            return await task;
        return await output.Terminal.Status().StartAsync(Markup.Escape(what), _ => task);
    }

    /// <summary>Waits for work that tells how far it is, from 0 to 1.</summary>
    public static async Task<T> WithBarAsync<T>(Output output, string what, Func<Action<double>, Task<T>> work)
    {
        if (output.IsJson || Console.IsOutputRedirected)
            return await work(static _ => { });
        return await output.Terminal.Progress().StartAsync(async context =>
        {
            var task = context.AddTask(Markup.Escape(what), maxValue: 1);
            return await work(share => task.Value = share);
        });
    }
}
