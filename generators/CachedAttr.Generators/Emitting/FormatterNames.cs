using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>The formatters of a type's cached methods as they are named in code. The generated ones stand in the class <c>ResultFormatters</c>.</summary>
internal sealed class FormatterNames
{
    private const string Serialization = "global::CachedAttr.Serialization.";

    private readonly string _container;
    private readonly Dictionary<string, string> _generated;

    public FormatterNames(string container, IEnumerable<CachedMethodModel> methods)
    {
        _container = container;
        Objects = [.. methods.Where(method => method.Serializer is not null).SelectMany(method => method.Serializer!.Objects)
            .GroupBy(model => model.Type, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => group.First())];
        var scope = new NameScope(container);
        _generated = Objects.ToDictionary(model => model.Type, model => scope.Take(model.Name + "Formatter"), StringComparer.Ordinal);
    }

    /// <summary>The types with generated formatters, each once, ordered.</summary>
    public IReadOnlyList<ObjectFormatterModel> Objects { get; }

    public string Generated(string type) => _generated[type];

    /// <summary>A formatter as a type, anywhere in the containing type.</summary>
    public string Code(FormatterModel formatter)
    {
        if (formatter.RunTime is null)
            return _container + "." + _generated[formatter.Type];
        string parts = string.Join(", ", formatter.Parts.Select(part => part.Type + ", " + Code(part)));
        return $"{Serialization}Formatters.{formatter.RunTime}{(parts.Length == 0 ? "" : $"<{parts}>")}";
    }
}
