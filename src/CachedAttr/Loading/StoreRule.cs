using System.ComponentModel;
using System.Runtime.InteropServices;

namespace CachedAttr.Loading;

/// <summary>Whether a loaded value is stored, and with which tags. Called by generated code; the default is to store it without any.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Auto)]
public readonly record struct StoreRule
{
    private StoreRule(bool isSkipped, string[]? tags) => (IsSkipped, Tags) = (isSkipped, tags);

    /// <summary>The value is not stored, and one from before is removed: it is known to be no more.</summary>
    public static StoreRule Skip { get; } = new(true, null);

    /// <summary>The value is not stored, and one from before stays: nothing is said of what others get.</summary>
    internal static StoreRule Leave { get; } = new(true, null) { LeavesOther = true };

    internal bool IsSkipped { get; }

    internal bool LeavesOther { get; private init; }

    internal string[]? Tags { get; }

    /// <summary>The value is stored with tags.</summary>
    /// <param name="tags">The tags.</param>
    /// <returns>The rule.</returns>
    public static StoreRule Tagged(params string[] tags) => new(false, tags);

    /// <summary>The value is stored, unless a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <returns>The rule.</returns>
    public static StoreRule Unless(bool condition) => condition ? Skip : default;
}
