using System.Diagnostics;

namespace CachedAttr.Telemetry;

/// <summary>One load: how long it takes, and its trace. The default measures nothing.</summary>
internal struct LoadMeasurement
{
    private readonly CacheMeter _meter;
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly Activity? _activity;
    private readonly long _began;
    private MethodTelemetry? _method;

    public LoadMeasurement(CacheMeter meter, MethodTelemetry method, string name, TimeProvider time)
    {
        _meter = meter;
        _method = method;
        _time = time;
        _name = name;
        _activity = CacheTracing.Start(CacheTelemetry.Load, name);
        _began = time.GetTimestamp();
    }

    /// <summary>The load has ended with a value.</summary>
    public void Succeeded() => End(error: null);

    /// <summary>The load has thrown; nothing, if it never began or had ended.</summary>
    public void Failed(Exception error) => End(error);

    private void End(Exception? error)
    {
        if (_method is not { } method)
            return;
        _method = null;
        var duration = _time.GetElapsedTime(_began);
        if (error is null)
            method.Loads.Record(duration);
        else
            method.Failed();
        if (error is null)
            _meter.Loaded(_name, duration);
        CacheTracing.End(_activity, error);
    }
}
