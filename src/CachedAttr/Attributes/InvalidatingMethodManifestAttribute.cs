using System.ComponentModel;

namespace CachedAttr;

/// <summary>One invalidating method of an assembly, written by the generator, so that tools know who invalidates what without loading its type.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class InvalidatingMethodManifestAttribute : Attribute
{
    /// <summary>Records an invalidating method.</summary>
    /// <param name="type">The containing type's full name.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="patterns">Its patterns, with their holes: <c>server:{id}:*</c>.</param>
    public InvalidatingMethodManifestAttribute(string type, string method, params string[] patterns)
    {
        Type = type;
        Method = method;
        Patterns = patterns;
    }

    /// <summary>The containing type's full name, nested types joined by <c>.</c>, without type arguments.</summary>
    public string Type { get; }

    /// <summary>The method's name.</summary>
    public string Method { get; }

    /// <summary>The patterns.</summary>
    public string[] Patterns { get; }
}
