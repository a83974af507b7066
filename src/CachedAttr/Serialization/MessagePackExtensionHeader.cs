using System.Runtime.InteropServices;

namespace CachedAttr.Serialization;

/// <summary>What stands before the bytes of an extension value.</summary>
/// <param name="Type">0 to 127: the application's; negative: the specification's, such as -1 for timestamps.</param>
/// <param name="Length">How many bytes follow.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MessagePackExtensionHeader(sbyte Type, int Length);
