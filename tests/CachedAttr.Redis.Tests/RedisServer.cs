using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CachedAttr.Redis.Tests;

/// <summary>A Redis server of the tests' own: on loopback, on a free port, with a folder of its own that goes with it.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("cachedattr-redis-").FullName;
    private readonly string[] _arguments;
    private readonly string? _password;
    private readonly string? _configuration;
    private Process? _process;

    private RedisServer(int port, string? password, string? configuration, string[] arguments)
    {
        Port = port;
        _password = password;
        _arguments = arguments;
        if (configuration is null)
            return;
        _configuration = Path.Combine(_folder, "redis.conf");
        File.WriteAllText(_configuration, configuration);
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The port for TLS, where <c>{tls}</c> stands in an argument.</summary>
    public int TlsPort { get; } = FreePort();

    /// <summary>Where the server's files are.</summary>
    public string Folder => _folder;

    /// <summary>The end point.</summary>
    public string EndPoint => "127.0.0.1:" + Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>The process's id.</summary>
    public int ProcessId => _process!.Id;

    /// <summary>Starts a server and waits until it answers.</summary>
    /// <param name="password">What the tests authenticate with, if they have to: a password, or a user and a password.</param>
    /// <param name="arguments">Further arguments.</param>
    public static Task<RedisServer> StartAsync(string? password = null, params string[] arguments) => StartAsync(password, null, arguments);

    /// <summary>Starts a sentinel and waits until it answers.</summary>
    /// <param name="configuration">The lines of its file, which a sentinel rewrites.</param>
    public static Task<RedisServer> StartSentinelAsync(string configuration) => StartAsync(null, configuration, ["--sentinel"]);

    /// <summary>Starts a server with a configuration file and waits until it answers.</summary>
    /// <param name="password">What the tests authenticate with.</param>
    /// <param name="configuration">The lines of its file.</param>
    public static Task<RedisServer> StartConfiguredAsync(string password, string configuration) => StartAsync(password, configuration, []);

    private static async Task<RedisServer> StartAsync(string? password, string? configuration, string[] arguments)
    {
        // A port that is free now may be taken a moment later: then the server ends, and another is tried.
        for (int attempt = 0; ; attempt++)
        {
            var server = new RedisServer(FreePort(), password, configuration, arguments);
            try
            {
                await server.StartAgainAsync();
                return server;
            }
            catch (IOException) when (attempt < 5)
            {
                await server.DisposeAsync();
            }
        }
    }

    /// <summary>Starts it on its port: after <see cref="Kill"/>.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("redis-server") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (_configuration is not null)
            start.ArgumentList.Add(_configuration);
        foreach (string argument in new[] { "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--save", "", "--daemonize", "no" }.Concat(_arguments))
            start.ArgumentList.Add(argument.Replace("{port}", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("{tls}", TlsPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        _process = Process.Start(start) ?? throw new IOException("redis-server did not start.");
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var limit = Stopwatch.StartNew();
        while (!await AnswersAsync())
        {
            if (_process.HasExited)
                throw new IOException($"redis-server ended with {_process.ExitCode}.");
            if (limit.Elapsed > StartLimit)
                throw new TimeoutException("redis-server does not answer.");
            await Task.Delay(20);
        }
    }

    /// <summary>Sends a command and returns the first line of the answer: for what has to be arranged before a client connects.</summary>
    public async Task<string> CommandAsync(params string[] command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = client.GetStream();
        if (_password is not null)
            await SendAsync(stream, ["AUTH", .. _password.Split(' ')]);
        return await SendAsync(stream, command);
    }

    /// <summary>Ends it as a crash would.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>Stops it in the middle of what it does, or lets it go on.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, ProcessId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            Kill();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>A port that nobody listens on at this moment.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;

        // A cluster's bus is 10,000 above.
        return port < 55_000 ? port : port - 20_000;
    }

    private static async Task<string> SendAsync(NetworkStream stream, string[] command)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{command.Length}\r\n");
        foreach (string part in command)
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(part)}\r\n{part}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()));
        byte[] buffer = new byte[16 * 1024];
        int read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        return Encoding.UTF8.GetString(buffer, 0, read);
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            // Another's server may have got the port first: then this one ends in a moment.
            return (await CommandAsync("INFO", "server")).Contains($"process_id:{ProcessId}\r", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is SocketException or IOException or TimeoutException)
        {
            return false;
        }
    }
}
