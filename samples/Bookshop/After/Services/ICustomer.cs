namespace Bookshop.Services;

/// <summary>Who asks.</summary>
public interface ICustomer
{
    string Id { get; }
}

/// <summary>The customer of the request, as the gateway in front of the shop names it.</summary>
public sealed class RequestCustomer(IHttpContextAccessor http) : ICustomer
{
    public string Id => http.HttpContext?.Request.Headers["X-Customer"].ToString() is { Length: > 0 } id ? id : "guest";
}
