namespace CachedAttr.Tests.Local;

/// <summary>A sequence of keys to simulate caches with.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="KeyCount">Of how many keys capacities are parts: for a trace with scans, of those that come again.</param>
/// <param name="Keys">The keys in the order in which they are asked for, numbered from 0.</param>
internal sealed record Trace(string Name, int KeyCount, int[] Keys);
