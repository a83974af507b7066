using CachedAttr.Coherence;
using CachedAttr.Hosting;
using CachedAttr.Invalidation;
using CachedAttr.Keys;
using CachedAttr.Loading;
using CachedAttr.Local;
using CachedAttr.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CachedAttr;

/// <summary>
/// The cache behind <see cref="CachedAttribute"/>, and the same entries by hand: a value set under a method's key is what the method returns.
/// </summary>
/// <remarks>One for each host, from <c>AddCachedAttr</c>, <see cref="Create"/> or <see cref="Default"/>. All members are safe for concurrent use.</remarks>
public sealed partial class Cache : IDisposable, IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMinutes(1);

    private readonly ITimer _sweep;
    private readonly StatusReader _status;
    private readonly Stack<IDisposable> _owned = new();
    private CacheOptions _options;
    private bool _isSwitchedOff;
    private int _disposed;

    internal Cache(CacheOptions options)
    {
        CacheOptionsValidator.ThrowIfInvalid(options);
        _options = options;
        Logger = (options.LoggerFactory ?? NullLoggerFactory.Instance).CreateLogger("CachedAttr");
        Clock = new CoarseClock(options.TimeProvider);
        Meter = new CacheMeter(this, options.MeterFactory);
        History = new InvalidationHistory(options.TimeProvider);
        _status = new StatusReader(this);
        var backend = BackendComposition.Create(options, Logger, Meter);
        Log = BackendComposition.CreateLog(options, hasBackend: backend is not null);
        KeySecret = KeySecrets.From(options.KeySecret);
        Regions = new RegionTable(this);
        if (backend is not null)
            Backend = new BackendTier(this, backend, options);
        Regions.Open(options);

        // Weakly, so that a cache that nobody disposes can still be collected.
        _sweep = options.TimeProvider.CreateTimer(Sweep, new WeakReference<Cache>(this), SweepInterval, SweepInterval);
    }

    /// <summary>The cache of classes that have none of their own: in memory, with default options, never disposed.</summary>
    public static Cache Default { get; } = new(new CacheOptions());

    /// <summary>
    /// Whether anything is cached: <see langword="true"/> unless it is switched off here, while the program runs, or by <see cref="CacheOptions.Enabled"/>. Switched off,
    /// every call loads; invalidations hold all the same, so that nothing stale is there when it is switched on again. Single methods are switched by
    /// configuration (<see cref="CacheOptions.Methods"/>).
    /// </summary>
    public bool Enabled
    {
        get => !Volatile.Read(ref _isSwitchedOff) && Options.Enabled;
        set
        {
            ThrowIfDisposed();
            Volatile.Write(ref _isSwitchedOff, !value);
            Regions.Apply(Options);
        }
    }

    /// <summary>The options in force. Change them through configuration, not here.</summary>
    internal CacheOptions Options => Volatile.Read(ref _options);

    internal CoarseClock Clock { get; }

    internal InvalidationLog Log { get; }

    internal RegionTable Regions { get; }

    /// <summary>The second tier; null without a backend.</summary>
    internal BackendTier? Backend { get; }

    internal ILogger Logger { get; }

    internal CacheMeter Meter { get; }

    /// <summary>The last invalidations.</summary>
    internal InvalidationHistory History { get; }

    /// <summary>The secret of keyed hashes.</summary>
    internal ReadOnlyMemory<byte> KeySecret { get; }

    /// <summary>Whether nothing is being loaded, and nothing is on its way to the backend.</summary>
    internal bool IsIdle => Regions.All.All(static region => region.Loading == 0) && Backend is not { IsWriting: true };

    internal bool IsSwitchedOff => Volatile.Read(ref _isSwitchedOff);

    internal bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Makes a cache without dependency injection.</summary>
    /// <param name="configure">Sets options; <see langword="null"/>: the defaults.</param>
    /// <returns>The cache; its owner disposes it.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option has a value that is not allowed; the message names it and what is.</exception>
    public static Cache Create(Action<CacheOptions>? configure = null)
    {
        var options = new CacheOptions();
        configure?.Invoke(options);
        return new Cache(options);
    }

    /// <summary>
    /// Drops all entries and ends the use of this cache: from now on its members, and methods that use it, throw <see cref="ObjectDisposedException"/>. What is
    /// on its way to the backend is waited for, some seconds at most.
    /// </summary>
    public void Dispose()
    {
        if (!Close())
            return;

        // On the thread pool, because the caller may be what the backend's client wants to continue on.
        if (Backend is { } backend)
            Task.Run(async () => await backend.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        if (Close() && Backend is { } backend)
            await backend.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The hash state that puts only a keyed hash of a sensitive value into a key.</summary>
    /// <returns>An empty hash under this cache's secret.</returns>
    /// <remarks>Called by generated code.</remarks>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public CompositeHash CreateKeyedHash() => new(KeySecret.Span);

    /// <summary>Takes over changed options, already validated.</summary>
    internal void Apply(CacheOptions options)
    {
        Volatile.Write(ref _options, options);
        Regions.Apply(options);
    }

    /// <summary>Hands over what ends with the cache; while it is being set up only.</summary>
    internal void OnDispose(IDisposable owned) => _owned.Push(owned);

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(IsDisposed, this);

    private bool Close()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return false;
        _sweep.Dispose();
        Meter.Dispose();
        while (_owned.TryPop(out var owned))
            owned.Dispose();
        Regions.Dispose();
        return true;
    }

    private static void Sweep(object? state)
    {
        if (!((WeakReference<Cache>)state!).TryGetTarget(out var cache))
            return;
        foreach (var region in cache.Regions.All)
            region.RemoveExpired();
    }
}
