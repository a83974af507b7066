using CachedAttr.Backends;
using CachedAttr.Database.Postgres;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CachedAttr.Database;

/// <summary>Makes the backend that <c>CachedAttr:Backend = database</c> means. Settings by code win over those of the section.</summary>
internal sealed class DatabaseBackendFactory(IServiceProvider services, IEnumerable<DatabaseBackendFactory.Setup> setups) : ICacheBackendFactory
{
    public IReadOnlyList<string> Names { get; } = ["database"];

    public string Section => "Database";

    public ICacheBackend Create(string name, BackendSettings settings, IConfiguration? section)
    {
        try
        {
            var options = new DatabaseOptions();
            if (section is not null)
                DatabaseSettingReader.Read(section, DatabaseSettingReader.OfDatabase, options);
            foreach (var setup in setups)
                setup.Configure(options);
            DatabaseSettingReader.Resolve(options, services.GetService<IConfiguration>());
            DatabaseOptionsCheck.Check(options);
            return options.DataSource is { } source ? new PostgresBackend(settings, source(services), options) : DatabasePlan.Create(settings, options);
        }
        catch (DatabaseSettingException exception)
        {
            throw DatabaseOptionsCheck.Refuse(exception);
        }
    }

    /// <summary>What <c>AddCachedAttrDatabase</c> was given.</summary>
    internal sealed record Setup(Action<DatabaseOptions> Configure);
}
