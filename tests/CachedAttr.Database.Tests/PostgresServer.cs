using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Npgsql;

namespace CachedAttr.Database.Tests;

/// <summary>A PostgreSQL server of the tests' own: on loopback, on a free port, with a folder of its own that goes with it.</summary>
/// <remarks>PostgreSQL does not run as root; where the tests do, it runs as the user that Debian's package has made for it.</remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "postgres";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("cachedattr-postgres-").FullName;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private PostgresServer(int port) => Port = port;

    public int Port { get; }

    /// <summary>The connection string of the superuser.</summary>
    public string Connection => $"Host=127.0.0.1;Port={Port.ToString(CultureInfo.InvariantCulture)};Database=postgres;Username={User};Include Error Detail=true";

    /// <summary>What the server has logged.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Makes a database cluster, starts its server and waits until it answers.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        // A port that is free now may be taken a moment later: then the server ends, and another is tried.
        for (int attempt = 0; ; attempt++)
        {
            var server = new PostgresServer(FreePort());
            try
            {
                await RunAsync(["chown", User, server._folder], asUser: false);
                await RunAsync([Program("initdb"), "-D", server.Data, "-U", User, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], asUser: true);
                await server.StartAgainAsync();
                return server;
            }
            catch (IOException) when (attempt < 3)
            {
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Starts it on its port: after <see cref="KillAsync"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        string[] command =
        [
            Program("postgres"), "-D", Data, "-p", Port.ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
            "-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "wal_writer_delay=200ms",
        ];
        _process = Start(command, asUser: true);
        _process.OutputDataReceived += Keep;
        _process.ErrorDataReceived += Keep;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var limit = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited)
                throw new IOException("postgres has ended: " + Output);
            if (limit.Elapsed > StartLimit)
                throw new TimeoutException("postgres does not answer: " + Output);
            await Task.Delay(50);
        }
    }

    /// <summary>Ends it as a crash would: what was not written is lost.</summary>
    public Task KillAsync() => SignalAsync("QUIT");

    /// <summary>Ends it properly, with all sessions.</summary>
    public Task StopAsync() => SignalAsync("INT");

    /// <summary>Runs a statement as the superuser.</summary>
    public async Task<object?> ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Connection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // Debian keeps the server's programs out of the path, a folder for each version.
    private static string Program(string name) =>
        Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).Select(folder => Path.Combine(folder, "bin", name)).LastOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"'{name}' is not installed: apt-get install postgresql");

    private static Process Start(string[] command, bool asUser)
    {
        string[] whole = asUser && Environment.UserName == "root" ? ["setpriv", "--reuid", User, "--regid", User, "--clear-groups", "--", .. command] : command;
        var start = new ProcessStartInfo(whole[0], whole.Skip(1)) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        return Process.Start(start) ?? throw new IOException($"'{whole[0]}' did not start.");
    }

    private static async Task RunAsync(string[] command, bool asUser)
    {
        if (!asUser && Environment.UserName != "root")
            return;
        using var process = Start(command, asUser);
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new IOException($"'{command[0]}' ended with {process.ExitCode}: {await errors}");
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        await _process.WaitForExitAsync();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
            _output.AppendLine(line.Data);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            // Another's server may have got the port first: then this one ends in a moment.
            return await ExecuteAsync("SELECT current_setting('data_directory')") is string folder && folder == Data;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}

/// <summary>One server for the tests of a class.</summary>
public sealed class Postgres : IAsyncLifetime
{
    public PostgresServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await PostgresServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
