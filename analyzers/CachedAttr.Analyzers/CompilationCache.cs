using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers;

/// <summary>What is found out once about a compilation and is used by several analyzers and threads. It is forgotten with the compilation.</summary>
internal sealed class CompilationCache<T>(Func<Compilation, CancellationToken, T> make)
    where T : class
{
    private readonly ConditionalWeakTable<Compilation, Slot> _slots = new();

    public T Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var slot = _slots.GetValue(compilation, static _ => new());

        // Not a Lazy, which would keep the exception of the first caller that is cancelled.
        lock (slot)
            return slot.Value ??= make(compilation, cancellationToken);
    }

    private sealed class Slot
    {
        public T? Value { get; set; }
    }
}
