using System.ComponentModel;

namespace CachedAttr;

/// <summary>One cached method of an assembly, written by the generator, so that tools and start-up checks know it without loading its type.</summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CachedMethodManifestAttribute : Attribute
{
    /// <summary>Records a cached method.</summary>
    /// <param name="type">The containing type's full name.</param>
    /// <param name="method">The method's name.</param>
    /// <param name="template">Its key template, complete: default templates and appended parameters written out.</param>
    public CachedMethodManifestAttribute(string type, string method, string template)
    {
        Type = type;
        Method = method;
        Template = template;
    }

    /// <summary>The containing type's full name, nested types joined by <c>.</c>, without type arguments.</summary>
    public string Type { get; }

    /// <summary>The method's name.</summary>
    public string Method { get; }

    /// <summary>The complete key template.</summary>
    public string Template { get; }

    /// <summary>The type of the cached value, for display.</summary>
    public string? ValueType { get; set; }

    /// <summary>The time to live written in the attribute, in seconds; 0 where there is none.</summary>
    public double Ttl { get; set; }

    /// <summary><see cref="CachedAttribute.Sliding"/>; 0 where there is none.</summary>
    public double Sliding { get; set; }

    /// <summary><see cref="CachedAttribute.StaleWhileRevalidate"/>; 0 where there is none.</summary>
    public double StaleWhileRevalidate { get; set; }

    /// <summary><see cref="CachedAttribute.StaleIfError"/>; 0 where there is none.</summary>
    public double StaleIfError { get; set; }

    /// <summary><see cref="CachedAttribute.LoadTimeout"/>; 0 where there is none.</summary>
    public double LoadTimeout { get; set; }

    /// <summary><see cref="CachedAttribute.SoftTimeout"/>; 0 where there is none.</summary>
    public double SoftTimeout { get; set; }

    /// <summary>The name of the policy that overrides these; <see langword="null"/> where there is none.</summary>
    public string? Policy { get; set; }

    /// <summary>The templates of its tags.</summary>
    public string[] Tags { get; set; } = [];
}
