using System.Diagnostics.Metrics;
using System.Globalization;
using CachedAttr.Telemetry;

namespace CachedAttr.Tests.Telemetry;

/// <summary>What a listener of one cache's meter sees.</summary>
internal sealed class MeterReading : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Lock _gate = new();
    private readonly List<(string Name, string[] Tags, double Value)> _measured = [];
    private readonly List<string> _instruments = [];

    public MeterReading(Cache cache)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (!string.Equals(instrument.Meter.Name, CacheTelemetry.MeterName, StringComparison.Ordinal) || !ReferenceEquals(instrument.Meter.Scope, cache))
                return;
            _instruments.Add(instrument.Name);
            listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<string> Instruments => _instruments;

    /// <summary>The sum of an instrument's values with all of these tags.</summary>
    public double this[string name, params string[] tags] => Observe().Where(one => string.Equals(one.Name, name, StringComparison.Ordinal) && tags.All(one.Tags.Contains)).Sum(one => one.Value);

    /// <summary>The tags of what was recorded, one for each time.</summary>
    public IReadOnlyList<string[]> Recorded(string name)
    {
        lock (_gate)
            return [.. _measured.Where(one => string.Equals(one.Name, name, StringComparison.Ordinal)).Select(one => one.Tags)];
    }

    public IReadOnlyCollection<string> AllSeries() =>
        Observe().Select(one => $"{one.Name} {string.Join(' ', one.Tags)}").ToHashSet(StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    private List<(string Name, string[] Tags, double Value)> Observe()
    {
        lock (_gate)
            _measured.RemoveAll(one => !one.Name.EndsWith("duration", StringComparison.Ordinal));
        _listener.RecordObservableInstruments();
        lock (_gate)
            return [.. _measured];
    }

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] texts = new string[tags.Length];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = string.Create(CultureInfo.InvariantCulture, $"{tags[i].Key}={tags[i].Value}");
        lock (_gate)
            _measured.Add((instrument.Name, texts, value));
    }
}
