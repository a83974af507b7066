using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CachedAttr.AspNetCore.Tests.Browser;

/// <summary>One page of a browser.</summary>
internal sealed class Page
{
    private readonly Chromium _browser;
    private readonly string _session;

    public Page(Chromium browser, string session)
    {
        _browser = browser;
        _session = session;
        browser.OnEvent(Note);
    }

    /// <summary>What the console says that is an error or a warning, and exceptions.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Everything that was asked for over the network.</summary>
    public List<string> Requests { get; } = [];

    public async Task SetUpAsync(int width, int height, bool dark)
    {
        foreach (string domain in new[] { "Page", "Runtime", "Log", "Network" })
            await SendAsync(domain + ".enable", []);
        await SendAsync("Emulation.setDeviceMetricsOverride", new() { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await SendAsync("Emulation.setEmulatedMedia", new() { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = dark ? "dark" : "light" }) });
    }

    public Task GoAsync(string address) => SendAsync("Page.navigate", new() { ["url"] = address });

    /// <summary>The value of an expression; a promise is waited for.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync("Runtime.evaluate", new() { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true });
        return answer["exceptionDetails"] is { } failed ? throw new InvalidOperationException(failed.ToJsonString()) : answer["result"]?["value"]?.DeepClone();
    }

    public async Task<string> TextAsync(string selector) =>
        (await EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)})?.textContent ?? ''"))!.GetValue<string>();

    /// <summary>Waits until an expression is true.</summary>
    public async Task UntilAsync(string expression)
    {
        var waited = await EvaluateAsync($$"""
            new Promise(resolve => {
                const end = performance.now() + 20000;
                const look = () => {
                    let found = false;
                    try { found = !!({{expression}}); } catch { }
                    if (found || performance.now() > end) resolve(found); else setTimeout(look, 20);
                };
                look();
            })
            """);
        Assert.True(waited!.GetValue<bool>(), $"It never became true: {expression}");
    }

    public Task ClickAsync(string selector) => EvaluateAsync($"document.querySelector({JsonSerializer.Serialize(selector)}).click()");

    public Task TypeAsync(string selector, string text) => EvaluateAsync(
        $"(() => {{ const e = document.querySelector({JsonSerializer.Serialize(selector)}); e.value = {JsonSerializer.Serialize(text)}; e.dispatchEvent(new Event('input', {{ bubbles: true }})); }})()");

    /// <summary>Presses a key as a person does.</summary>
    public async Task PressAsync(string key, int code)
    {
        foreach (string type in new[] { "keyDown", "keyUp" })
        {
            var pressed = new JsonObject { ["type"] = type, ["key"] = key, ["windowsVirtualKeyCode"] = code };
            if (string.Equals(key, "Enter", StringComparison.Ordinal))
                pressed["text"] = "\r";
            else if (key.Length == 1)
                pressed["text"] = key;
            await SendAsync("Input.dispatchKeyEvent", pressed);
        }
    }

    /// <summary>A picture of the whole page.</summary>
    public async Task SaveAsync(string path, int? height = null)
    {
        var size = await EvaluateAsync("[document.documentElement.clientWidth, document.documentElement.scrollHeight]");
        var taken = await SendAsync("Page.captureScreenshot", new()
        {
            ["format"] = "png",
            ["captureBeyondViewport"] = true,
            ["clip"] = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = size![0]!.GetValue<double>(), ["height"] = height ?? size[1]!.GetValue<double>(), ["scale"] = 1 },
        });
        await File.WriteAllBytesAsync(path, Convert.FromBase64String(taken["data"]!.GetValue<string>()));
    }

    private Task<JsonNode> SendAsync(string method, JsonObject parameters) => _browser.SendAsync(method, parameters, _session);

    private void Note(string session, string method, JsonNode parameters)
    {
        if (!string.Equals(session, _session, StringComparison.Ordinal))
            return;
        switch (method)
        {
            case "Runtime.exceptionThrown":
                Complaints.Add(parameters.ToJsonString());
                break;
            case "Runtime.consoleAPICalled" when parameters["type"]!.GetValue<string>() is "error" or "warning":
                Complaints.Add(parameters.ToJsonString());
                break;
            case "Log.entryAdded" when parameters["entry"]!["level"]!.GetValue<string>() is "error" or "warning":
                Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"{parameters["entry"]!["text"]} {parameters["entry"]!["url"]}"));
                break;
            case "Network.requestWillBeSent":
                Requests.Add(parameters["request"]!["url"]!.GetValue<string>());
                break;
        }
    }
}
