using System.CommandLine;

namespace CachedAttr.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class SharedOptions
{
    public Option<string?> Backend { get; } = new("--backend") { Description = "redis, database or file. Left out: as the connection looks, or as configured.", Recursive = true };

    public Option<string?> Connection { get; } = new("--connection", "-c") { Description = "Where the backend is: redis://host:6379, postgres://…, a connection string, a SQLite file, or the folder of the backend file.", Recursive = true };

    public Option<string?> Prefix { get; } = new("--prefix", "-p") { Description = "The application's KeyPrefix, such as 'ServerRegistry:'.", Recursive = true };

    public Option<FileInfo?> Config { get; } = new("--config") { Description = "The application's appsettings.json; its section CachedAttr is read.", Recursive = true };

    public Option<double> Timeout { get; } = new("--timeout") { Description = "Seconds that one call of the backend may take, the connection included.", Recursive = true, DefaultValueFactory = _ => 15 };

    public Option<bool> Json { get; } = new("--json") { Description = "Writes JSON.", Recursive = true };

    public void AddTo(RootCommand root)
    {
        foreach (var option in new Option[] { Backend, Connection, Prefix, Config, Timeout, Json })
            root.Options.Add(option);
    }
}
