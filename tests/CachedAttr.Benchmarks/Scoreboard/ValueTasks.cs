namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>Takes the result of a call that has usually ended already, without a task of its own: an allocation would be measured with it.</summary>
internal static class ValueTasks
{
    public static T Wait<T>(this ValueTask<T> call) => call.IsCompleted ? call.Result : call.AsTask().GetAwaiter().GetResult();
}
