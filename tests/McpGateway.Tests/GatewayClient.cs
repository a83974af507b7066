using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpGateway.Tests;

/// <summary>The gateway as a process, spoken to by the SDK's own client.</summary>
internal static class GatewayClient
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "McpGateway.dll");

    public static Task<McpClient> StartAsync() => McpClient.CreateAsync(new StdioClientTransport(new StdioClientTransportOptions
    {
        Name = "gateway",
        Command = "dotnet",
        Arguments = [Assembly],
    }));

    public static async Task<JsonElement> AskAsync(this McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var result = await client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value, StringComparer.Ordinal));
        Assert.NotEqual(true, result.IsError);
        string text = TextOf(result);
        return text.StartsWith('{') || text.StartsWith('[') ? JsonDocument.Parse(text).RootElement : JsonSerializer.SerializeToElement(text);
    }

    public static string TextOf(CallToolResult result) => string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text));

    /// <summary>The numbers of one cached method.</summary>
    public static async Task<(long Hits, long Misses)> CountersAsync(this McpClient client, string method)
    {
        var status = await client.AskAsync("cache_status");
        foreach (var one in status.GetProperty("methods").EnumerateArray())
        {
            if (string.Equals(one.GetProperty("method").GetString(), method, StringComparison.Ordinal))
                return (one.GetProperty("hits").GetInt64(), one.GetProperty("misses").GetInt64());
        }

        return (0, 0);
    }
}
