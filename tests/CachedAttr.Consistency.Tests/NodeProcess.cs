using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CachedAttr.Consistency.Tests;

/// <summary>A process of the harness.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private NodeProcess(Process process) => _process = process;

    /// <summary>What it logged.</summary>
    public string Errors
    {
        get
        {
            lock (_errors)
                return _errors.ToString();
        }
    }

    public static async Task<NodeProcess> StartAsync(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "CachedAttr.Consistency.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var node = new NodeProcess(Process.Start(start)!);
        node._process.ErrorDataReceived += (_, line) =>
        {
            lock (node._errors)
                node._errors.AppendLine(line.Data);
        };
        node._process.BeginErrorReadLine();
        Assert.Equal("started", await node.ReadAsync());
        return node;
    }

    /// <summary>Sends a command and returns the answer.</summary>
    public async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return await ReadAsync();
    }

    public async Task<NodeReport> ReportAsync() => JsonSerializer.Deserialize<NodeReport>(await AskAsync("report"))!;

    /// <summary>How many items it serves in an older version than promised.</summary>
    public async Task<int> CountStaleAsync() => int.Parse(await AskAsync("check"), CultureInfo.InvariantCulture);

    /// <summary>Sends a signal: STOP and CONT for a pause, KILL for a crash.</summary>
    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<string> ReadAsync() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(Limit) ?? throw new IOException("The process has ended: " + Errors);
}
