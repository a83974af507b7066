using System.Diagnostics.CodeAnalysis;

namespace CachedAttr.Database;

/// <summary>A setting cannot be used. It becomes an OptionsValidationException where the section's name is known.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It is internal, and always names a setting.")]
internal sealed class DatabaseSettingException(string setting, string problem, Exception? innerException = null) : Exception(problem, innerException)
{
    public string Setting { get; } = setting;
}
