using System.CommandLine;
using CachedAttr.Backends;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CachedAttr.Cli;

/// <summary>A cache over the backend that the options name, as the application itself would have it: what the log says is invalid is not shown.</summary>
internal sealed class Session : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Session(ServiceProvider services, Cache cache)
    {
        _services = services;
        Cache = cache;
    }

    public Cache Cache { get; }

    /// <summary>The backend itself, with its time limit.</summary>
    public ICacheBackend Backend => Cache.Backend!.Resilient;

    /// <summary>Makes a command's action: opens a session, runs, and turns faults into a line and an exit code.</summary>
    public static Func<ParseResult, CancellationToken, Task<int>> Run(SharedOptions shared, Func<Session, Output, ParseResult, CancellationToken, Task<int>> action) =>
        async (parsed, cancellation) =>
        {
            var output = new Output(parsed.GetValue(shared.Json));
            try
            {
                await using var session = Open(shared, parsed);
                await session.ConnectAsync(cancellation);
                return await action(session, output, parsed, cancellation);
            }
            catch (CommandFailure failure)
            {
                return output.Fail(failure.Code, failure.Message);
            }
            catch (OptionsValidationException exception)
            {
                return output.Fail(ExitCodes.Wrong, string.Join(' ', exception.Failures));
            }
            catch (ArgumentException exception)
            {
                return output.Fail(ExitCodes.Wrong, exception.Message);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return ExitCodes.No;
            }
            catch (Exception exception)
            {
                return output.Fail(ExitCodes.Unreachable, exception.Message.ReplaceLineEndings(" "));
            }
        };

    /// <summary>Reaches the backend, or throws what its client says of the reason. Everything else would only tell that the log is not known.</summary>
    private async Task ConnectAsync(CancellationToken cancellation) => await Backend.ReadLogAsync(LogPosition.None, BackendCall.Async(cancellation));

    public async ValueTask DisposeAsync() => await _services.DisposeAsync();

    private static Session Open(SharedOptions shared, ParseResult parsed)
    {
        var services = new ServiceCollection();
        services.AddCachedAttrRedis();
        services.AddCachedAttrDatabase();
        var configuration = Configure(shared, parsed, services);
        services.AddSingleton<IConfiguration>(configuration);
        services.AddCachedAttr(configuration);
        services.AddCachedAttr(options =>
        {
            options.FailSilently = false;
            options.BackendTimeout = parsed.GetValue(shared.Timeout);

            // Names of methods are the application's: here nobody knows them.
            options.Methods.Clear();
        });
        var provider = services.BuildServiceProvider();
        var cache = provider.GetRequiredService<Cache>();
        if (cache.Backend is not null)
            return new(provider, cache);
        provider.Dispose();
        throw new CommandFailure(ExitCodes.Wrong, "No backend is named: give --connection (and --backend), or --config with the application's appsettings.json.");
    }

    private static IConfiguration Configure(SharedOptions shared, ParseResult parsed, ServiceCollection services)
    {
        var builder = new ConfigurationBuilder();
        if (parsed.GetValue(shared.Config) is { } file)
        {
            if (!file.Exists)
                throw new CommandFailure(ExitCodes.Wrong, $"There is no file '{file.FullName}'.");
            builder.AddJsonFile(file.FullName);
        }

        builder.AddEnvironmentVariables();
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        string? connection = parsed.GetValue(shared.Connection);
        string? backend = parsed.GetValue(shared.Backend) ?? Guess(connection);
        if (backend is not null)
            settings["CachedAttr:Backend"] = backend;
        if (parsed.GetValue(shared.Prefix) is { } prefix)
            settings["CachedAttr:KeyPrefix"] = prefix;
        if (connection is not null)
            settings[$"CachedAttr:{SectionOf(backend!, services)}:{SettingOf(backend!)}"] = Existing(connection);
        var configuration = builder.AddInMemoryCollection(settings).Build();
        return configuration["CachedAttr:KeyPrefix"] is null && configuration["CachedAttr:Backend"] is not null
            ? throw new CommandFailure(ExitCodes.Wrong, "The application's prefix is missing: give --prefix; it is the application's name and a colon, unless KeyPrefix says otherwise.")
            : configuration;
    }

    private static string? Guess(string? connection) => connection is null ? null
        : connection.StartsWith("redis", StringComparison.OrdinalIgnoreCase) ? "redis"
        : Directory.Exists(connection) ? "file"
        : connection.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) || connection.Contains('=', StringComparison.Ordinal) || IsPath(connection) ? "database"
        : "redis";

    private static bool IsPath(string connection) => connection.Contains('/', StringComparison.Ordinal) || connection.EndsWith(".db", StringComparison.OrdinalIgnoreCase);

    private static string SettingOf(string backend) => string.Equals(backend, "file", StringComparison.OrdinalIgnoreCase) ? "Directory" : "Connection";

    // SQLite makes a file that is missing, which is no answer to who has mistyped its name.
    private static string Existing(string connection)
    {
        const string DataSource = "Data Source=";
        string path = connection.StartsWith(DataSource, StringComparison.OrdinalIgnoreCase) ? connection[DataSource.Length..].Split(';')[0] : connection;
        bool isPath = !path.Contains("://", StringComparison.Ordinal) && !path.Contains('=', StringComparison.Ordinal) && IsPath(path);
        return isPath && !Path.Exists(path) ? throw new CommandFailure(ExitCodes.Unreachable, $"There is no file '{path}'.") : connection;
    }

    private static string SectionOf(string backend, ServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        var factories = provider.GetServices<ICacheBackendFactory>().ToList();
        return factories.Find(factory => factory.Names.Contains(backend, StringComparer.OrdinalIgnoreCase))?.Section
            ?? throw new CommandFailure(ExitCodes.Wrong, $"There is no backend '{backend}'; known: {string.Join(", ", factories.SelectMany(static factory => factory.Names))}.");
    }
}
