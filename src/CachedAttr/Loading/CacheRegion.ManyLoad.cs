using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using CachedAttr.Backends;

namespace CachedAttr.Loading;

/// <content>What one call for many keys has in hand.</content>
public sealed partial class CacheRegion<TKey, TValue>
{
    /// <summary>One call for many items.</summary>
    private sealed class ManyLoad<TItem>
        where TItem : notnull
    {
        public ManyLoad(
            IEnumerable<TItem>? items,
            Func<TItem, TKey> keyOf,
            Func<TItem[], CacheLoad<TValue>, ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?>> load,
            Func<TItem, TValue, StoreRule>? rule,
            BackendCall call)
            : this(load, rule, call) => Items = [.. (items ?? []).Where(item => item is not null).Distinct().Select(item => new ManyPart<TItem>(item, keyOf(item), null!))];

        private ManyLoad(
            Func<TItem[], CacheLoad<TValue>, ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?>> load, Func<TItem, TValue, StoreRule>? rule, BackendCall call) =>
            (Load, Rule, Call) = (load, rule, call);

        /// <summary>What is still to be found.</summary>
        public List<ManyPart<TItem>> Items { get; } = [];

        public Func<TItem[], CacheLoad<TValue>, ValueTask<IEnumerable<KeyValuePair<TItem, TValue>>?>> Load { get; }

        public Func<TItem, TValue, StoreRule>? Rule { get; }

        public BackendCall Call { get; }

        public Dictionary<TItem, TValue> Found { get; } = [];

        /// <summary>The same load for the cache itself: its caller has been served.</summary>
        public ManyLoad<TItem> InBackground() => new(Load, Rule, Call.IsSynchronous ? Call : BackendCall.Async());

        public void Add(TItem item, TValue? value)
        {
            if (value is not null)
                Found[item] = value;
        }

        public void TakeFound(TryFind find) => Items.RemoveAll(part =>
        {
            if (!find(part.Key, out var value))
                return false;
            Add(part.Item, value);
            return true;
        });
    }

    private delegate bool TryFind(TKey key, [MaybeNullWhen(false)] out TValue value);

    /// <summary>One of the items.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct ManyPart<TItem>(TItem Item, TKey Key, Flight<TKey, TValue> Flight);

    /// <summary>The parts of one load that its caller, or others, may leave.</summary>
    private sealed class ManyFlights(Flight<TKey, TValue>[] parts, CancellationTokenSource abandoned) : IManyFlights
    {
        public bool IsAwaited => Array.Exists(parts, static part => part.Waiters > 0 && !part.Task.IsCompleted);

        public void Abandon() => abandoned.Cancel();
    }

    /// <summary>A load of many keys has not brought this one.</summary>
    private sealed class NotThereException() : KeyNotFoundException("The load of many keys has not brought this one.");
}
