using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using CachedAttr.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CachedAttr.AspNetCore.Tests;

/// <summary>An application with the cache's pages, in memory.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, List<string> log)
    {
        _app = app;
        Log = log;
        Client = app.GetTestClient();
        Items = new(app.Services.GetRequiredService<Cache>());
    }

    public HttpClient Client { get; }

    public ItemService Items { get; }

    public IServiceProvider Services => _app.Services;

    public Cache Cache => _app.Services.GetRequiredService<Cache>();

    /// <summary>What was logged as an error.</summary>
    public List<string> Log { get; }

    /// <summary>Starts an application.</summary>
    public static async Task<TestApp> StartAsync(
        Action<IEndpointConventionBuilder>? protect = null, string environment = "Development", Action<CacheEndpointOptions>? configure = null, Action<WebApplication>? more = null,
        Action<IServiceCollection>? services = null, Func<IEndpointRouteBuilder, IEndpointRouteBuilder>? group = null, Action<CacheOptions>? cache = null)
    {
        var log = new List<string>();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(new ErrorLog(log));
        builder.Services.AddCachedAttr(options =>
        {
            options.KeyPrefix = "test:";
            cache?.Invoke(options);
        });
        builder.Services.AddAuthentication("Header").AddScheme<AuthenticationSchemeOptions, HeaderUser>("Header", null);
        builder.Services.AddAuthorization();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        more?.Invoke(app);
        var mapped = (group?.Invoke(app) ?? app).MapCachedAttr("/cache", configure);
        protect?.Invoke(mapped);
        await app.StartAsync();
        return new(app, log);
    }

    /// <summary>Posts as the page does.</summary>
    public async Task<HttpResponseMessage> PostAsync(string path, object body, string? user = null, bool withCookie = true, bool withHeader = true, string? tokenOf = null)
    {
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/cache/token");
        AddUser(ask, tokenOf ?? user);
        using var given = await Client.SendAsync(ask);
        var token = await given.Content.ReadFromJsonAsync<Dictionary<string, string>>();
        using var post = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        await post.Content.LoadIntoBufferAsync();
        AddUser(post, user);
        if (withCookie)
            post.Headers.Add("Cookie", given.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        if (withHeader)
            post.Headers.Add(token!["header"], token["token"]);
        return await Client.SendAsync(post);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    private static void AddUser(HttpRequestMessage message, string? user)
    {
        if (user is not null)
            message.Headers.Add("X-User", user);
    }

    private sealed class HeaderUser(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers["X-User"].ToString() is { Length: > 0 } user
                ? AuthenticateResult.Success(new(new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.Name, user)], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
    }

    private sealed class ErrorLog(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
                lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
