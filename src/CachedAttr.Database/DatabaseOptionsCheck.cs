using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace CachedAttr.Database;

/// <summary>Checks what was set: names that become part of statements, and numbers.</summary>
internal static partial class DatabaseOptionsCheck
{
    private const string SectionPath = "CachedAttr:Database";

    /// <exception cref="OptionsValidationException">An option is not allowed.</exception>
    public static DatabaseOptions Check(DatabaseOptions options, string section = SectionPath)
    {
        try
        {
            Name(nameof(options.Table), options.Table);
            if (options.Schema is { } schema)
                Name(nameof(options.Schema), schema);
            Positive(nameof(options.MaxEntries), options.MaxEntries);
            Positive(nameof(options.MaxBytes), options.MaxBytes);
            Positive(nameof(options.SweepInterval), options.SweepInterval);
            Positive(nameof(options.ReadTimeResolution), options.ReadTimeResolution);
            Positive(nameof(options.PollInterval), options.PollInterval);
            Positive(nameof(options.CommandTimeout), options.CommandTimeout);
            return options;
        }
        catch (DatabaseSettingException exception)
        {
            throw Refuse(exception, section);
        }
    }

    public static OptionsValidationException Refuse(DatabaseSettingException exception, string section = SectionPath) =>
        new(Options.DefaultName, typeof(DatabaseOptions), [$"{section}:{exception.Setting}: {exception.Message}"]);

    private static void Name(string setting, string value)
    {
        if (!Names().IsMatch(value))
            throw new DatabaseSettingException(setting, $"'{value}' is not allowed; it must be a letter, then letters, digits and underscores, 30 at most, in lower case.");
    }

    private static void Positive(string setting, double value)
    {
        if (!(value > 0) || value > uint.MaxValue * 1e6)
            throw new DatabaseSettingException(setting, string.Create(CultureInfo.InvariantCulture, $"{value} is not allowed; it must be a positive number."));
    }

    [GeneratedRegex("^[a-z][a-z0-9_]{0,29}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Names();
}
