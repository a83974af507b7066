using CachedAttr.Backends;
using Microsoft.Extensions.Configuration;

namespace CachedAttr.Database;

/// <summary>Makes the backend that <c>CachedAttr:Backend = file</c> means: SQLite in a folder. Settings by code win over those of the section.</summary>
internal sealed class FileBackendFactory(IEnumerable<DatabaseBackendFactory.Setup> setups) : ICacheBackendFactory
{
    private const string SectionPath = "CachedAttr:File";

    public IReadOnlyList<string> Names { get; } = ["file"];

    public string Section => "File";

    public ICacheBackend Create(string name, BackendSettings settings, IConfiguration? section)
    {
        try
        {
            var options = new DatabaseOptions();
            if (section is not null)
                DatabaseSettingReader.Read(section, DatabaseSettingReader.OfFile, options);
            foreach (var setup in setups)
                setup.Configure(options);
            return DatabasePlan.CreateFile(settings, DatabaseOptionsCheck.Check(options, SectionPath));
        }
        catch (DatabaseSettingException exception)
        {
            throw DatabaseOptionsCheck.Refuse(exception, SectionPath);
        }
    }
}
