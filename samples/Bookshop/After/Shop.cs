using Bookshop.Api;
using Bookshop.Data;
using Bookshop.Services;

namespace Bookshop;

/// <summary>Puts the application together.</summary>
public static class Shop
{
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ShopJson.Default));
        builder.Services.AddHttpContextAccessor();

        builder.Services.AddCachedAttr(builder.Configuration);
        builder.Services.AddCachedAttrDatabase();

        builder.Services.AddSingleton<ShopDatabase>();
        builder.Services.AddScoped<IBookRepository, BookRepository>();
        builder.Services.AddScoped<IOrderRepository, OrderRepository>();

        builder.Services.AddScoped<ICustomer, RequestCustomer>();
        builder.Services.AddScoped<Catalog>();
        builder.Services.AddScoped<ICatalog>(provider => new LoggedCatalog(provider.GetRequiredService<Catalog>(), provider.GetRequiredService<ILogger<LoggedCatalog>>()));
        builder.Services.AddScoped<IOrders, Orders>();

        var app = builder.Build();
        app.UseCacheStatusHeader();
        app.MapGroup("/books").MapCatalog();
        app.MapGroup("/orders").MapOrders();
        return app;
    }
}
