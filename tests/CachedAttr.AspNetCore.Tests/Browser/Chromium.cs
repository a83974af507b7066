using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CachedAttr.AspNetCore.Tests.Browser;

/// <summary>A headless Chromium, driven over its DevTools protocol.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly Process _process;
    private readonly string _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly Dictionary<int, TaskCompletionSource<JsonNode>> _pending = [];
    private readonly List<Action<string, string, JsonNode>> _events = [];
    private readonly SemaphoreSlim _sending = new(1);
    private int _last;
    private Task _reading = Task.CompletedTask;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    public static async Task<Chromium> StartAsync()
    {
        string path = Names.SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException("Chromium is missing: apt-get install chromium (test.sh does).");
        string profile = Directory.CreateTempSubdirectory("cachedattr-chromium").FullName;
        var start = new ProcessStartInfo(path) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in new[]
        {
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--hide-scrollbars",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0", "--user-data-dir=" + profile, "about:blank",
        })
        {
            start.ArgumentList.Add(argument);
        }

        var browser = new Chromium(Process.Start(start)!, profile);
        string? address = null;
        while (address is null && await browser._process.StandardError.ReadLineAsync() is { } line)
            address = line.StartsWith("DevTools listening on ", StringComparison.Ordinal) ? line[22..] : null;
        _ = browser._process.StandardError.ReadToEndAsync();
        await browser._socket.ConnectAsync(new Uri(address ?? throw new InvalidOperationException("Chromium did not start.")), CancellationToken.None);
        browser._reading = browser.ReadAsync();
        return browser;
    }

    /// <summary>Opens a page of a size.</summary>
    public async Task<Page> OpenAsync(int width = 1280, int height = 900, bool dark = false)
    {
        var target = await SendAsync("Target.createTarget", new() { ["url"] = "about:blank" });
        var attached = await SendAsync("Target.attachToTarget", new() { ["targetId"] = target["targetId"]!.GetValue<string>(), ["flatten"] = true });
        var page = new Page(this, attached["sessionId"]!.GetValue<string>());
        await page.SetUpAsync(width, height, dark);
        return page;
    }

    public void OnEvent(Action<string, string, JsonNode> handler)
    {
        lock (_events)
            _events.Add(handler);
    }

    public async Task<JsonNode> SendAsync(string method, JsonObject parameters, string? session = null)
    {
        int id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonNode>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_pending)
            _pending[id] = answer;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters };
        if (session is not null)
            message["sessionId"] = session;
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
        _process.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A child that still writes: the folder is temporary.
        }
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[1 << 16];
        var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(JsonNode.Parse(message.ToArray())!);
                message.SetLength(0);
            }
        }
        catch (WebSocketException)
        {
            // The browser has ended.
        }
    }

    private void Take(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            TaskCompletionSource<JsonNode>? answer;
            lock (_pending)
                _pending.Remove(id.GetValue<int>(), out answer);
            if (message["error"] is { } error)
                answer?.SetException(new InvalidOperationException(error.ToJsonString()));
            else
                answer?.SetResult(message["result"]!);
            return;
        }

        lock (_events)
        {
            foreach (var handler in _events)
                handler(message["sessionId"]?.GetValue<string>() ?? "", message["method"]!.GetValue<string>(), message["params"]!);
        }
    }
}
