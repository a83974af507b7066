namespace CachedAttr.AspNetCore.Tests.Browser;

/// <summary>Takes the pictures of the documents (docs/screenshots.sh); elsewhere it only sees that there is something to be seen.</summary>
public sealed class ScreenshotTests
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("CACHEDATTR_SCREENSHOTS");

    [Theory]
    [InlineData("dashboard-light", 1280, false)]
    [InlineData("dashboard-dark", 1280, true)]
    [InlineData("dashboard-narrow", 360, false)]
    public async Task A_picture_of_the_page_under_load(string name, int width, bool dark)
    {
        await using var browser = await Chromium.StartAsync();
        await using var site = await Site.StartAsync();
        for (int i = 0; i < 5; i++)
            _ = new NoteService(site.Cache).GetNote("n" + i);
        using var stop = new CancellationTokenSource();
        var load = site.LoadAsync(stop.Token);
        var page = await browser.OpenAsync(width, 900, dark);
        await page.GoAsync(site.Origin + "/cache");
        int points = Folder is null ? 3 : 115;
        await page.UntilAsync($"(document.querySelector('#c-rates path.hits')?.getAttribute('d').split('L').length ?? 0) > {Math.Min(points, 60)}");
        if (Folder is not null)
            await page.UntilAsync($"document.querySelector('#c-rates path.hits').getAttribute('d').split('L').length > {points}");
        await page.TypeAsync("#pattern", "item:1?");
        await page.ClickAsync("#search [type=submit]");
        await page.UntilAsync("document.querySelector('#keys button')");
        await page.ClickAsync("#keys button");
        await page.UntilAsync("!document.querySelector('#entry').hidden");
        string path = Path.Combine(Folder ?? Path.GetTempPath(), name + ".png");
        await page.SaveAsync(path);
        await stop.CancelAsync();
        await load;

        Assert.True(new FileInfo(path).Length > 10_000);
        if (Folder is null)
            File.Delete(path);
    }
}
