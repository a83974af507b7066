using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CachedAttr.AspNetCore;

/// <summary>
/// Keeps other sites from posting in a user's name: a random cookie that scripts cannot read, and a header that is its keyed hash together with the user's
/// name. Who can plant a cookie cannot make the header, and another user's pair is not valid.
/// </summary>
/// <remarks>By itself, so that the pages need no service of the host. With <c>KeySecret</c> tokens are valid at all processes behind a load balancer.</remarks>
internal sealed class RequestToken
{
    public const string HeaderName = "X-CachedAttr-Token";
    public const string CookieName = "cachedattr-token";

    private const int Bytes = 32;
    private readonly byte[] _key;

    public RequestToken(ReadOnlyMemory<byte> secret) => _key = HMACSHA256.HashData(secret.Span, "CachedAttr pages"u8);

    /// <summary>The header's value for who asks; the cookie is set if there is none.</summary>
    public string Issue(HttpContext context)
    {
        string? cookie = context.Request.Cookies[CookieName];
        if (cookie is not { Length: Bytes * 2 })
        {
            cookie = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));
            context.Response.Cookies.Append(CookieName, cookie, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                Path = "/",
            });
        }

        return Hash(cookie, context);
    }

    /// <summary>Whether a post has both.</summary>
    public bool IsValid(HttpContext context)
    {
        string? cookie = context.Request.Cookies[CookieName];
        string? header = context.Request.Headers[HeaderName];
        return cookie is { Length: Bytes * 2 } && header is not null
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(Hash(cookie, context)));
    }

    private string Hash(string cookie, HttpContext context) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(cookie + "\n" + context.User.Identity?.Name)));
}
