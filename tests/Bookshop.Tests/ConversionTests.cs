namespace Bookshop.Tests;

/// <summary>The converted application answers as the one before, and asks its database less.</summary>
public sealed class ConversionTests : IAsyncLifetime
{
    private RunningShop _before = null!;
    private RunningShop _after = null!;

    public async Task InitializeAsync()
    {
        _before = await RunningShop.BeforeAsync();
        _after = await RunningShop.AfterAsync();
    }

    public async Task DisposeAsync()
    {
        await _before.DisposeAsync();
        await _after.DisposeAsync();
    }

    [Fact]
    public async Task Reads_have_the_same_answers_with_an_eighth_of_the_statements()
    {
        for (int round = 0; round < 8; round++)
        {
            foreach (string path in new[] { "/books/1", "/books/2", "/books/999", "/books", "/books?genre=novel&page=2", "/books?text=book%201", "/books/genres", "/orders" })
                await SameAsync("GET", path);
        }

        Assert.Equal(8 * 11, _before.Queries); // a page of books takes two statements
        Assert.Equal(11, _after.Queries);
    }

    [Fact]
    public async Task What_a_write_changes_is_seen_by_the_next_read()
    {
        await SameAsync("GET", "/books/3");
        await SameAsync("GET", "/books?genre=history");
        Assert.Contains("204", await SameAsync("PUT", "/books/3/price", """{"priceInCents": 4200}"""), StringComparison.Ordinal);
        Assert.Contains("4200", await SameAsync("GET", "/books/3"), StringComparison.Ordinal);
        Assert.Contains("4200", await SameAsync("GET", "/books?genre=history"), StringComparison.Ordinal);
        Assert.Contains("404", await SameAsync("PUT", "/books/999/price", """{"priceInCents": 1}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orders_change_stock_and_the_list_of_their_customer_only()
    {
        foreach (string customer in new[] { "ann", "bob" })
            await SameAsync("GET", "/orders", customer: customer);
        await SameAsync("GET", "/books/5");
        await SameAsync("GET", "/books");
        Assert.Contains("201", await SameAsync("POST", "/orders", """{"bookIds": [5, 7, 5]}""", "ann"), StringComparison.Ordinal);
        Assert.Contains("\"stock\":1", await SameAsync("GET", "/books/5"), StringComparison.Ordinal);
        Assert.Contains("\"stock\":2", await SameAsync("GET", "/books/7"), StringComparison.Ordinal);
        await SameAsync("GET", "/books");
        Assert.Contains("[5,7,5]", await SameAsync("GET", "/orders", customer: "ann"), StringComparison.Ordinal);

        long queries = _after.Queries;
        Assert.EndsWith(" []", await SameAsync("GET", "/orders", customer: "bob"), StringComparison.Ordinal);
        Assert.Equal(queries, _after.Queries);
    }

    [Fact]
    public async Task An_order_that_fails_changes_nothing()
    {
        Assert.Contains("409", await SameAsync("POST", "/orders", """{"bookIds": [9, 9, 9, 9]}""", "ann"), StringComparison.Ordinal);
        Assert.Contains("\"stock\":3", await SameAsync("GET", "/books/9"), StringComparison.Ordinal);
        Assert.EndsWith(" []", await SameAsync("GET", "/orders", customer: "ann"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_callers_at_once_cost_one_statement()
    {
        string[] answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => _after.SendAsync("GET", "/books/11")));

        Assert.Equal(await _before.SendAsync("GET", "/books/11"), Assert.Single(answers.Distinct()));
        Assert.Equal(1, _after.Queries);
    }

    private async Task<string> SameAsync(string method, string path, string? body = null, string? customer = null)
    {
        string expected = await _before.SendAsync(method, path, body, customer);
        Assert.Equal(expected, await _after.SendAsync(method, path, body, customer));
        return expected;
    }
}
