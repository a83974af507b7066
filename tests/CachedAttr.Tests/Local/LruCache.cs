namespace CachedAttr.Tests.Local;

/// <summary>The textbook's least-recently-used cache, to compare with.</summary>
internal sealed class LruCache(int capacity)
{
    private readonly Dictionary<int, LinkedListNode<int>> _nodes = [];
    private readonly LinkedList<int> _order = [];

    /// <summary>Reads a key, and stores it if it was not there.</summary>
    public bool Access(int key)
    {
        if (_nodes.TryGetValue(key, out var node))
        {
            _order.Remove(node);
            _order.AddFirst(node);
            return true;
        }

        if (_nodes.Count == capacity)
        {
            _nodes.Remove(_order.Last!.Value);
            _order.RemoveLast();
        }

        _nodes[key] = _order.AddFirst(key);
        return false;
    }
}
