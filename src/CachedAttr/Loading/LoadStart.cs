using System.Runtime.InteropServices;

namespace CachedAttr.Loading;

/// <summary>What was known when a load began that the cache does not do itself.</summary>
/// <param name="Epoch">Which log of the backend was followed; 0 for none.</param>
/// <param name="Stamp">The point to which the invalidation log had been followed.</param>
/// <param name="Time">The tick of the cache's clock.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoadStart(long Epoch, long Stamp, long Time);
