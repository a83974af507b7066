namespace McpGateway;

/// <summary>What both ways of speaking have in common.</summary>
internal static class Gateway
{
    public static IMcpServerBuilder Add(IHostApplicationBuilder builder)
    {
        // The standard output may be the conversation, so logs go to the other one.
        builder.Logging.AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddCachedAttrRedis();
        builder.Services.AddCachedAttr(builder.Configuration);
        builder.Services.AddSingleton<Upstream>();
        builder.Services.AddSingleton<GatewayService>();
        return builder.Services.AddMcpServer(options => options.ServerInfo = new() { Name = "cachedattr-gateway", Version = "1.0.0" })
            .WithTools<GatewayTools>().WithTools<CacheTools>();
    }
}
