using System.ComponentModel;

namespace CachedAttr.Keys;

/// <summary>The text that stands for a type argument in the keys of generic methods.</summary>
/// <typeparam name="T">The type argument.</typeparam>
/// <remarks>Called by generated code.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TypeKey<T>
{
    /// <summary>The type's full name with its own type arguments, escaped as a key's argument is.</summary>
    public static readonly string Text = Escape(typeof(T).ToString());

    private static string Escape(string name)
    {
        var writer = new KeyWriter(stackalloc char[256]);
        try
        {
            writer.Append(name);
            return writer.ToString();
        }
        finally
        {
            writer.Dispose();
        }
    }
}
