using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace CachedAttr.AspNetCore;

/// <summary>The dashboard's files, which are in this assembly.</summary>
internal sealed class DashboardAssets
{
    private readonly string _page = Encoding.UTF8.GetString(Read("index.html"));
    private readonly Dictionary<string, (byte[] Bytes, string ETag)> _files = Names.ToDictionary(static name => name, static name =>
    {
        byte[] bytes = Read(name);
        return (bytes, $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\"");
    }, StringComparer.Ordinal);

    /// <summary>The files that the page asks for.</summary>
    public static IReadOnlyList<string> Names { get; } = ["app.css", "app.js", "charts.js", "graph.js", "icon.svg", "keys.js", "methods.js", "page.js", "text.js"];

    /// <summary>Writes the page, with where it is, and the token of who asks.</summary>
    public Task WritePageAsync(HttpContext context, string token, CacheEndpointOptions options)
    {
        string root = (context.Request.PathBase + context.Request.Path).ToUriComponent().TrimEnd('/');
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(_page
            .Replace("{{root}}", HtmlEncoder.Default.Encode(root), StringComparison.Ordinal)
            .Replace("{{token}}", token, StringComparison.Ordinal)
            .Replace("{{changes}}", options.AllowChanges ? "true" : "false", StringComparison.Ordinal), context.RequestAborted);
    }

    /// <summary>Writes a file, unless the browser has it.</summary>
    public async Task WriteAsync(HttpContext context, string name)
    {
        var (bytes, etag) = _files[name];
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers.ETag = etag;
        if (string.Equals(context.Request.Headers.IfNoneMatch, etag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = TypeOf(name);
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
