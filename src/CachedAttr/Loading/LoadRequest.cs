using CachedAttr.Coherence;
using CachedAttr.Serialization;

namespace CachedAttr.Loading;

/// <summary>How one value is to be loaded and stored.</summary>
/// <param name="State">What the delegates need.</param>
/// <param name="Load">Loads, with or without tasks.</param>
/// <param name="Rule">Whether the value is stored, and with which tags; null: it is, without any.</param>
/// <param name="Ttl">Time to live; null for the method's.</param>
/// <param name="Serializer">For the backend; null if the value stays in this process.</param>
internal readonly record struct LoadRequest<TState, TLoad, TValue>(
    TState State, TLoad Load, Func<TState, TValue, StoreRule>? Rule, TimeSpan? Ttl, ICacheSerializer<TValue>? Serializer)
{
    /// <summary>What the backend has, if it has been asked already.</summary>
    public EntryRead? Entry { get; init; }

    /// <summary>The longest time for which the value is kept in this process, in ticks; 0: not at all.</summary>
    public long LocalTtl { get; init; } = long.MaxValue;

    /// <summary>What the caller's scope asks for.</summary>
    public ScopeKind Scope { get; init; }

    /// <summary>What is to be done with a loaded value.</summary>
    public StoreRule RuleFor(TValue value) => (Scope & ScopeKind.NoStore) != ScopeKind.None ? StoreRule.Leave : Rule?.Invoke(State, value) ?? default;
}
