using System.Diagnostics;

namespace CachedAttr.Telemetry;

/// <summary>Starts and ends traces. There is none of a local hit, and no key in any: names of methods and operations only.</summary>
internal static class CacheTracing
{
    private static readonly ActivitySource Source = new(CacheTelemetry.ActivitySourceName, Version);

    /// <summary>Whether anybody wants traces.</summary>
    public static bool HasListeners => Source.HasListeners();

    /// <summary>The library's version.</summary>
    public static string? Version => typeof(CacheTracing).Assembly.GetName().Version?.ToString(3);

    public static Activity? Start(string name, string? method = null)
    {
        var activity = Source.StartActivity(name);
        if (method is not null)
            activity?.SetTag(CacheTelemetry.MethodTag, method);
        return activity;
    }

    /// <summary>Starts the trace of a call of a backend.</summary>
    public static Activity? StartBackend(string operation, string backend)
    {
        var activity = Source.HasListeners() ? Source.StartActivity("cache.backend." + operation, ActivityKind.Client) : null;
        activity?.SetTag(CacheTelemetry.BackendTag, backend);
        return activity;
    }

    public static void End(Activity? activity, Exception? error)
    {
        if (activity is null)
            return;
        if (error is not null)
            activity.SetStatus(ActivityStatusCode.Error, error.GetType().Name);
        activity.Dispose();
    }
}
