using CachedAttr.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ServerRegistry.Api;

/// <summary>
/// Sends the cache's metrics and traces to whom OTEL_EXPORTER_OTLP_ENDPOINT names; without it nothing is measured. See docs/observability.md.
/// </summary>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is not { Length: > 0 })
            return Task.CompletedTask;
        var resource = ResourceBuilder.CreateDefault().AddService("server-registry");
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(CacheTelemetry.MeterName).AddOtlpExporter().Build();

        // The requests' traces as well: a child of one that is not recorded is not recorded either.
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", CacheTelemetry.ActivitySourceName).AddOtlpExporter().Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        // What was measured last is sent as well.
        _metrics?.ForceFlush();
        _traces?.ForceFlush();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }
}
