extern alias after;
extern alias before;

using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bookshop.Tests;

/// <summary>One of the two applications in this process, with a database of its own, on a free port of the loopback interface.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _file;
    private readonly Func<long> _queries;
    private readonly HttpClient _http = new();

    private RunningShop(WebApplication app, string file, Func<long> queries) => (_app, _file, _queries) = (app, file, queries);

    /// <summary>How many statements the database has been sent.</summary>
    public long Queries => _queries();

    public static Task<RunningShop> BeforeAsync() =>
        StartAsync(before::Bookshop.Shop.Build, app => { var database = app.Services.GetRequiredService<before::Bookshop.Data.ShopDatabase>(); return () => database.Queries; });

    public static Task<RunningShop> AfterAsync() =>
        StartAsync(after::Bookshop.Shop.Build, app => { var database = app.Services.GetRequiredService<after::Bookshop.Data.ShopDatabase>(); return () => database.Queries; });

    /// <summary>Sends a request and writes down what comes back.</summary>
    public async Task<string> SendAsync(string method, string path, string? body = null, string? customer = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (customer is not null)
            request.Headers.Add("X-Customer", customer);
        using var response = await _http.SendAsync(request);
        return $"{method} {path} as {customer ?? "guest"}: {(int)response.StatusCode} {response.Headers.Location} {await response.Content.ReadAsStringAsync()}";
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        File.Delete(_file);
    }

    private static async Task<RunningShop> StartAsync(Func<string[], WebApplication> build, Func<WebApplication, Func<long>> queries)
    {
        string file = Path.GetTempFileName();
        var app = build(["--urls", "http://127.0.0.1:0", "--ConnectionStrings:Shop", $"Data Source={file};Pooling=False", "--Logging:LogLevel:Default", "Warning"]);
        var shop = new RunningShop(app, file, queries(app));
        await app.StartAsync();
        shop._http.BaseAddress = new Uri(app.Urls.Single());
        return shop;
    }
}
