using CachedAttr.Loading;
using CachedAttr.Local;

namespace CachedAttr;

/// <summary>Changes what the cached calls of one flow of control do: those made in it, and in what it awaits or starts, until the scope is disposed.</summary>
/// <remarks>Other flows are not affected, and pay nothing worth measuring. Scopes nest; dispose them in the reverse order, in the flow that opened them.</remarks>
/// <example>
/// <code>
/// using (CacheScope.Bypass())
///     server = await servers.GetServerAsync(id);   // loaded now, and stored for everyone
/// </code>
/// </example>
public static partial class CacheScope
{
    private static readonly AsyncLocal<ScopeState?> Flow = new();

    /// <summary>Values are loaded afresh, whatever is stored, and stored for everyone.</summary>
    /// <returns>Ends the scope.</returns>
    public static IDisposable Bypass() => Open(ScopeKind.Bypass);

    /// <summary>What has to be loaded is not stored; what is stored already is served.</summary>
    /// <returns>Ends the scope.</returns>
    public static IDisposable NoStore() => Open(ScopeKind.NoStore);

    /// <summary>What holds for the current flow.</summary>
    internal static ScopeKind Current => ScopeCount.Any ? Flow.Value?.Kind ?? ScopeKind.None : ScopeKind.None;

    private static Scope Open(ScopeKind kind)
    {
        var outer = Flow.Value;
        Flow.Value = new(outer, kind | (outer?.Kind ?? ScopeKind.None));
        ScopeCount.Add(1);
        return new(outer);
    }

    /// <summary>One scope and those around it.</summary>
    private sealed record ScopeState(ScopeState? Outer, ScopeKind Kind);

    private sealed class Scope(ScopeState? outer) : IDisposable
    {
        private int _disposed;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _disposed, 1) != 0)
                return;
            Flow.Value = outer;
            ScopeCount.Add(-1);
        }
    }
}
