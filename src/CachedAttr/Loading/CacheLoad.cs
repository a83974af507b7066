using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CachedAttr.Loading;

/// <summary>What a loader gets from the cache. Called by generated code.</summary>
/// <typeparam name="TValue">The type of the result.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Auto)]
public readonly struct CacheLoad<TValue>
{
    private readonly Flight<TValue>? _flight;

    internal CacheLoad(Flight<TValue>? flight, CancellationToken token) => (_flight, Token) = (flight, token);

    /// <summary>Cancelled when no caller waits any more, or the load has taken too long.</summary>
    public CancellationToken Token { get; }

    /// <summary>What the loader says of the value, and what it may know of the one before. Outside of the cache nobody listens.</summary>
    public CacheEntryContext<TValue> Entry => _flight is null ? new() : _flight.Context ??= new(_flight.Previous, _flight.PreviousNotes);
}
