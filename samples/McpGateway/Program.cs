using McpGateway;

if (args is ["--help"])
{
    await Console.Error.WriteLineAsync("""
        An MCP gateway over the made-up registry, cached by attribute.

          dotnet run --project samples/McpGateway               speaks MCP over stdio
          dotnet run --project samples/McpGateway -- --http     speaks MCP over HTTP at http://127.0.0.1:5090/mcp, and shows its cache at /cache
                                                  [--urls URL]
        """);
    return 0;
}

if (!args.Contains("--http", StringComparer.Ordinal))
{
    var stdio = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
    Gateway.Add(stdio).WithStdioServerTransport();
    await stdio.Build().RunAsync();
    return 0;
}

var http = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args.Where(static argument => argument is not "--http")], ContentRootPath = AppContext.BaseDirectory });
Gateway.Add(http).WithHttpTransport(); // without sessions: no tool remembers anything of a conversation
var app = http.Build();
app.MapMcp("/mcp");
app.MapCachedAttr("/cache").AllowAnonymous(); // on loopback, in a sample
await app.RunAsync(app.Configuration["urls"] is null ? "http://127.0.0.1:5090" : null);
return 0;
