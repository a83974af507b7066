namespace CachedAttr.Generators.Model;

/// <summary>The type whose methods are generated: where the file's code goes, and which names are free there.</summary>
internal sealed record ContainingTypeModel(
    string Namespace,
    string FullName,
    string HintName,
    EquatableArray<string> Declarations,
    ReservedNames Names);

/// <summary>The names of the nested classes that the generator adds to a type. <paramref name="CacheKeys"/> is null if the type uses that name itself.</summary>
internal sealed record ReservedNames(string Methods, string KeyParts, string Patterns, string Formatters, string? CacheKeys);
