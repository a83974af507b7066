namespace CachedAttr.Coherence;

/// <summary>Tasks whose end is no news to anybody.</summary>
internal static class TaskExtensions
{
    /// <summary>Lets a task fail without its exception counting as unobserved.</summary>
    public static void Forget(this Task task) =>
        _ = task.ContinueWith(static ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
