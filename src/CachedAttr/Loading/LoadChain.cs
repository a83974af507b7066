namespace CachedAttr.Loading;

/// <summary>Which loads the current flow is part of: a loader that asks for what it is loading itself must not wait for that.</summary>
internal static class LoadChain
{
    private static readonly AsyncLocal<Link?> Flow = new();

    /// <summary>From here on the flow is part of a load; to be called in an asynchronous method, which ends that when it returns.</summary>
    public static void Enter(object load) => Flow.Value = new(load, Flow.Value);

    /// <summary>Whether the flow is part of a load.</summary>
    public static bool Contains(object load)
    {
        for (var link = Flow.Value; link is not null; link = link.Outer)
        {
            if (ReferenceEquals(link.Load, load))
                return true;
        }

        return false;
    }

    private sealed class Link(object load, Link? outer)
    {
        public object Load => load;

        public Link? Outer => outer;
    }
}
