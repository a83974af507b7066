using Spectre.Console;

namespace CachedAttr.Cli;

/// <summary>Shows that something is going on, where it takes longer than a second and somebody is looking.</summary>
internal static class Progress
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for work of unknown length.</summary>
    public static async Task<T> WhileAsync<T>(Output output, string what, Func<Task<T>> work)
    {
        var task = Task.Run(work); // a file is read without ever waiting
        return await IsOverOrUnseenAsync(output, task) ? await task : await output.Terminal.Status().StartAsync(Markup.Escape(what), _ => task);
    }

    /// <summary>Waits for work that tells how far it is, from 0 to 1.</summary>
    public static async Task<T> WithBarAsync<T>(Output output, string what, Func<Action<double>, Task<T>> work)
    {
        double share = 0;
        var task = Task.Run(() => work(value => Volatile.Write(ref share, value)));
        if (await IsOverOrUnseenAsync(output, task))
            return await task;
        return await output.Terminal.Progress().StartAsync(async context =>
        {
            var bar = context.AddTask(Markup.Escape(what), maxValue: 1);
            while (await Task.WhenAny(task, Task.Delay(Frame)) != task)
                bar.Value = Volatile.Read(ref share);
            bar.Value = 1;
            return await task;
        });
    }

    private static async Task<bool> IsOverOrUnseenAsync(Output output, Task task) =>
        output.IsJson || Console.IsOutputRedirected || await Task.WhenAny(task, Task.Delay(Patience)) == task;
}
