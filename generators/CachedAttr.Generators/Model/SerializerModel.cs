namespace CachedAttr.Generators.Model;

/// <summary>How a cached method's result becomes bytes.</summary>
/// <param name="Value">The result's formatter.</param>
/// <param name="Objects">The formatters to be written for it, ordered by type.</param>
internal sealed record SerializerModel(FormatterModel Value, EquatableArray<ObjectFormatterModel> Objects);

/// <summary>The formatter of a type: one of the run time's with those of its parts, or a generated one.</summary>
/// <param name="Type">The type's identity.</param>
/// <param name="RunTime">The name of the run time's formatter; null: the generated one of <paramref name="Type"/>.</param>
/// <param name="Parts">The formatters that it is composed of.</param>
internal sealed record FormatterModel(string Type, string? RunTime, EquatableArray<FormatterModel> Parts)
{
    /// <summary>The types whose generated formatters are used.</summary>
    public IEnumerable<string> Objects => RunTime is null ? [Type] : Parts.SelectMany(part => part.Objects);
}

/// <summary>The formatter that is generated for an object type.</summary>
/// <param name="Type">The type's identity.</param>
/// <param name="Name">The type's name as part of another name.</param>
/// <param name="Layout">How the members are laid out.</param>
/// <param name="CanBeNull">Whether null is written as nil.</param>
/// <param name="IsOpen">Whether a value can be of a derived type, whose further members would be lost.</param>
/// <param name="IsRecursive">Whether a value can contain another one of the same type, so that the depth has to be watched.</param>
/// <param name="Members">What is written, in that order; the cases of a union.</param>
/// <param name="Arguments">What the constructor receives.</param>
/// <param name="Initialized">The names of the members that are set after that.</param>
internal sealed record ObjectFormatterModel(
    string Type,
    string Name,
    ObjectLayout Layout,
    bool CanBeNull,
    bool IsOpen,
    bool IsRecursive,
    EquatableArray<FormatterMember> Members,
    EquatableArray<ConstructorArgument> Arguments,
    EquatableArray<string> Initialized);

/// <summary>The layouts of objects.</summary>
internal enum ObjectLayout
{
    /// <summary>An array of all members.</summary>
    Array,

    /// <summary>An array with a place for each number up to the highest; nil where there is no member.</summary>
    Numbered,

    /// <summary>A map from texts to members.</summary>
    Map,

    /// <summary>An array of the case's number and its value.</summary>
    Union,
}

/// <summary>A member in a formatter.</summary>
/// <param name="Name">Its name; of a union's case, nothing.</param>
/// <param name="Number">Its place in an array, or the case's number.</param>
/// <param name="Key">Its key in a map.</param>
/// <param name="Formatter">Its formatter.</param>
/// <param name="IsRestored">Whether a new object receives what is read; false for a computed property that a layout contains.</param>
internal sealed record FormatterMember(string Name, int Number, string Key, FormatterModel Formatter, bool IsRestored);

/// <summary>An argument of a constructor.</summary>
/// <param name="Parameter">The parameter's name, if parameters before it are left to their defaults.</param>
/// <param name="Member">The member whose value it is.</param>
internal sealed record ConstructorArgument(string? Parameter, string Member);
