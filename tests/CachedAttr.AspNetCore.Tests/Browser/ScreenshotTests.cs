namespace CachedAttr.AspNetCore.Tests.Browser;

/// <summary>The sample's page while the sample is used; docs/screenshots.sh takes the pictures of the documents with it.</summary>
public sealed class ScreenshotTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CACHEDATTR_SCREENSHOTS");

    private static readonly (string Name, int Width, bool Dark)[] Pictures =
        [("dashboard-light", 1280, false), ("dashboard-dark", 1280, true), ("dashboard-narrow", 360, false), ("dashboard-wide", 1920, false)];

    [Fact]
    public async Task The_samples_page_moves_while_the_sample_is_under_load()
    {
        await using var browser = await Chromium.StartAsync();
        await using var sample = await SampleSite.StartAsync();
        using var stop = new CancellationTokenSource();
        var load = sample.LoadAsync(stop.Token);
        var pages = new List<(string Name, Page Page)>();
        foreach (var (name, width, dark) in Pictures)
        {
            var page = await browser.OpenAsync(width, 900, dark);
            await page.GoAsync(sample.Origin + "/cache");
            pages.Add((name, page));
        }

        // Two minutes fill a chart, which is for pictures only.
        int points = Folder is null ? 3 : 119;
        foreach (var (name, page) in pages)
        {
            await UntilAsync(page, $"(document.querySelector('#c-rates path.hits:not(.area)')?.getAttribute('d').split('L').length ?? 0) >= {points}");
            await page.UntilAsync("document.querySelectorAll('#node-list li').length === 2");
            await page.TypeAsync("#pattern", "server:1?");
            await page.ClickAsync("#search [type=submit]");
            await page.UntilAsync("document.querySelector('#keys button')");
            await page.ClickAsync("#keys button");
            await page.UntilAsync("!document.querySelector('#entry').hidden");
            if (Folder is not null)
                await page.SaveAsync(Path.Combine(Folder, name + ".png"));
            Assert.Empty(page.Complaints);
            Assert.StartsWith("Between", (await page.EvaluateAsync("document.querySelector('#c-ratio').getAttribute('aria-label')"))!.GetValue<string>(), StringComparison.Ordinal);
            Assert.All(page.Requests.Where(static address => address.StartsWith("http", StringComparison.Ordinal)), address => Assert.StartsWith(sample.Origin + "/cache", address, StringComparison.Ordinal));
        }

        await stop.CancelAsync();
        await load;
    }

    // Longer than a page waits for anything else.
    private static async Task UntilAsync(Page page, string expression)
    {
        for (int i = 0; i < 10 && !(await page.EvaluateAsync($"!!({expression})"))!.GetValue<bool>(); i++)
        {
            await page.EvaluateAsync($$"""
                new Promise(resolve => {
                    const end = performance.now() + 20000;
                    const look = () => {{expression}} || performance.now() > end ? resolve() : setTimeout(look, 100);
                    look();
                })
                """);
        }

        await page.UntilAsync(expression);
    }
}
