using System.Buffers;
using System.Globalization;

namespace CachedAttr.Backends.Conformance;

/// <summary>
/// What every backend has to do: derive a test class from this, say how the backend is made and how time passes, and the suite runs on it. See docs/backends.md.
/// </summary>
public abstract partial class BackendConformance : IAsyncLifetime
{
    private static int _prefixes;

    private readonly List<ICacheBackend> _opened = [];

    /// <summary>A load that takes longer is not stored: short where time has to pass in earnest.</summary>
    protected virtual TimeSpan MaxLoad => TimeSpan.FromSeconds(2);

    /// <summary>The settings of this test: a prefix of its own.</summary>
    protected BackendSettings Settings { get; private set; } = new();

    /// <summary>The backend under test.</summary>
    protected ICacheBackend Backend { get; private set; } = null!;

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        string number = Interlocked.Increment(ref _prefixes).ToString(CultureInfo.InvariantCulture);
        Settings = Adjust(new() { KeyPrefix = $"conformance-{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{number}:", MaxLoad = MaxLoad });
        Backend = await AnotherAsync();
    }

    /// <inheritdoc/>
    public virtual async Task DisposeAsync()
    {
        foreach (var backend in _opened)
            await backend.DisposeAsync();
    }

    /// <summary>Opens the store under test. Called again with the same settings, it is what another process would open.</summary>
    /// <param name="settings">The settings.</param>
    protected abstract Task<ICacheBackend> OpenAsync(BackendSettings settings);

    /// <summary>Lets time pass by the backend's clock.</summary>
    /// <param name="time">How much.</param>
    protected virtual Task PassAsync(TimeSpan time) => Task.Delay(time);

    /// <summary>Changes the settings where the backend needs it: its clock, for one.</summary>
    /// <param name="settings">The suite's settings.</param>
    protected virtual BackendSettings Adjust(BackendSettings settings) => settings;

    /// <summary>Another process's view of the same store.</summary>
    protected async Task<ICacheBackend> AnotherAsync()
    {
        var backend = await OpenAsync(Settings);
        _opened.Add(backend);
        return backend;
    }

    /// <summary>A call with a task.</summary>
    protected static BackendCall Call => BackendCall.Async();

    /// <summary>The log's present.</summary>
    protected async Task<LogPosition> PresentAsync() => (await Backend.ReadLogAsync(LogPosition.None, Call)).End;

    /// <summary>An entry that was loaded at a position.</summary>
    protected static byte[] Entry(LogPosition position, string payload)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(payload);
        byte[] entry = new byte[EntryHeader.Length + text.Length];
        new EntryHeader { SchemaFingerprint = 1, Epoch = position.Epoch, Stamp = position.Sequence }.Write(entry);
        text.CopyTo(entry, EntryHeader.Length);
        return entry;
    }

    /// <summary>What an entry holds: its payload's text; "tombstone" for one; null for nothing.</summary>
    protected static string? Payload(ReadOnlyMemory<byte>? entry)
    {
        if (entry is not { } bytes)
            return null;
        Assert.True(EntryHeader.TryRead(new(bytes), out var header, out var payload));
        return header.IsTombstone ? "tombstone" : System.Text.Encoding.UTF8.GetString(payload.ToArray());
    }

    /// <summary>The stamp of what is under a key.</summary>
    protected async Task<LogPosition> StampAsync(string key)
    {
        Assert.True(EntryHeader.TryRead(new((await Backend.GetAsync(key, Call))!.Value), out var header, out _));
        return new(header.Epoch, header.Stamp);
    }

    /// <summary>Stores an entry loaded at the log's present.</summary>
    protected async Task<bool> SetNowAsync(string key, string payload, TimeSpan? timeToLive = null) =>
        await Backend.SetAsync(key, Entry(await PresentAsync(), payload), timeToLive ?? TimeSpan.FromMinutes(1), Call);

    /// <summary>What the backend has under a key.</summary>
    protected async Task<string?> GetAsync(string key) => Payload(await Backend.GetAsync(key, Call));

    /// <summary>An invalidation of one key.</summary>
    protected static InvalidationTarget Key(string key) => new(InvalidationKind.Key, key);

    /// <summary>An invalidation of a pattern.</summary>
    protected static InvalidationTarget Pattern(string pattern) => new(InvalidationKind.Pattern, pattern);
}
