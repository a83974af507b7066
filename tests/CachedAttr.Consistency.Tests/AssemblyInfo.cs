// The drills mostly wait, and run side by side. Everything else is four busy processes, and how soon they hear of each other is measured: one after the other.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]

namespace CachedAttr.Consistency.Tests;

/// <summary>Tests that need the machine for themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Busy
{
    /// <summary>The collection's name.</summary>
    public const string Name = "busy";
}
