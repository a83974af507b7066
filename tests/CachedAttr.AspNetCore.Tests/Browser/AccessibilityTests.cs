using System.Globalization;
using System.Text.Json.Nodes;

namespace CachedAttr.AspNetCore.Tests.Browser;

/// <summary>The page for everyone: names, contrast, order of focus, small screens.</summary>
public sealed class AccessibilityTests : IAsyncLifetime
{
    private Chromium _browser = null!;
    private Site _site = null!;

    public async Task InitializeAsync()
    {
        _browser = await Chromium.StartAsync();
        _site = await Site.StartAsync();
        for (int i = 0; i < 30; i++)
            await _site.Items.GetItemAsync(i % 5);
        await _site.Items.UpdateItemAsync(1);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task Everything_that_can_be_used_has_a_name_and_every_id_is_one()
    {
        var page = await OpenAsync();
        var nameless = await page.EvaluateAsync("""
            [...document.querySelectorAll('button, input, a, [tabindex], [role=img], img')].filter(e => {
                const labelled = e.getAttribute('aria-labelledby');
                const name = e.getAttribute('aria-label') || (labelled && document.getElementById(labelled)?.textContent) || e.labels?.[0]?.textContent || e.textContent || e.title;
                return !(name ?? '').trim() && !(e.tagName === 'IMG' && e.alt === '');
            }).map(e => e.outerHTML)
            """);
        var twice = await page.EvaluateAsync("[...document.querySelectorAll('[id]')].map(e => e.id).filter((id, i, all) => all.indexOf(id) !== i)");
        var levels = await page.EvaluateAsync("[document.querySelectorAll('h1').length, document.documentElement.lang, document.querySelectorAll('main').length].join()");

        Assert.Equal("[]", nameless!.ToJsonString());
        Assert.Equal("[]", twice!.ToJsonString());
        Assert.Equal("1,en,1", levels!.GetValue<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Text_stands_out_from_what_is_behind_it(bool dark)
    {
        var page = await OpenAsync(dark: dark);
        var faint = (JsonArray)(await page.EvaluateAsync(Contrast))!;

        Assert.Equal("[]", faint.ToJsonString());
    }

    [Fact]
    public async Task The_order_of_focus_is_that_of_the_page_and_nothing_holds_it()
    {
        var page = await OpenAsync();
        var order = new List<string>();
        for (int i = 0; i < 40; i++)
        {
            await page.PressAsync("Tab", 9);
            order.Add((await page.EvaluateAsync("document.activeElement.id || document.activeElement.dataset.column || document.activeElement.className?.baseVal || document.activeElement.className || document.activeElement.type || document.activeElement.tagName"))!.GetValue<string>());
        }

        string[] expected = ["skip", "theme", "filter", "name", "saved", "pattern", "submit", "invalidate", "recent", "node"];
        int[] places = [.. expected.Select(id => order.FindIndex(one => one.StartsWith(id, StringComparison.Ordinal)))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
        Assert.True((await page.EvaluateAsync("[...document.querySelectorAll('[tabindex]')].every(e => e.tabIndex <= 0)"))!.GetValue<bool>());
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        var page = await OpenAsync();
        await page.PressAsync("/", 191);
        Assert.Equal("filter", (await page.EvaluateAsync("document.activeElement.id"))!.GetValue<string>());
        await page.EvaluateAsync("document.querySelector('[data-column=misses]').focus()");
        await page.PressAsync("Enter", 13);
        Assert.Equal("misses descending", (await page.EvaluateAsync("document.activeElement.dataset.column + ' ' + document.activeElement.parentElement.ariaSort"))!.GetValue<string>());
        await page.EvaluateAsync("document.querySelector('#theme').focus()");
        await page.PressAsync("Enter", 13);
        Assert.Equal("Colors: light", (await page.EvaluateAsync("document.activeElement.getAttribute('aria-label')"))!.GetValue<string>());
    }

    [Theory]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1280)]
    [InlineData(2560)]
    public async Task At_no_width_does_the_page_scroll_sideways(int width)
    {
        var page = await OpenAsync(width);
        double scroll = (await page.EvaluateAsync("document.documentElement.scrollWidth"))!.GetValue<double>();

        Assert.True(scroll <= width, string.Create(CultureInfo.InvariantCulture, $"{scroll} pixels at {width}"));
    }

    [Fact]
    public async Task On_a_telephone_nothing_is_beyond_the_edge()
    {
        var page = await OpenAsync(360);
        await page.UntilAsync("document.querySelectorAll('#rows tr').length > 0");
        var beyond = await page.EvaluateAsync("[...document.querySelectorAll('#rows td, #graph li, .tile, .facts dd, .recent li, main button:not(th button)')].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML)");

        Assert.Equal("[]", beyond!.ToJsonString());
        Assert.True((await page.EvaluateAsync("!document.querySelector('#graph svg') && document.querySelectorAll('#graph li code').length > 3"))!.GetValue<bool>());
    }

    private async Task<Page> OpenAsync(int width = 1280, bool dark = false)
    {
        var page = await _browser.OpenAsync(width, 900, dark);
        await page.GoAsync(_site.Origin + "/cache");
        await page.UntilAsync("document.querySelector('#prefix').textContent.startsWith('shop:') && document.querySelector('#graph svg, #graph ul')");
        return page;
    }

    // WCAG 2.2, success criterion 1.4.3: 4.5 to 1, and 3 to 1 for large text. Colors are drawn, so that any notation is understood.
    private const string Contrast = """
        (() => {
            const canvas = document.createElement('canvas');
            canvas.width = canvas.height = 1;
            const pen = canvas.getContext('2d', { willReadFrequently: true });
            const rgba = color => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = color; pen.fillRect(0, 0, 1, 1); return [...pen.getImageData(0, 0, 1, 1).data]; };
            const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = e => { for (; e; e = e.parentElement) { const color = rgba(getComputedStyle(e).backgroundColor); if (color[3] > 250) return color; } return [255, 255, 255, 255]; };
            const faint = [];
            for (const e of document.querySelectorAll('body *')) {
                const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
                if (!own || !e.checkVisibility({ visibilityProperty: true }) || e.closest('title, script, noscript, .skip')) continue;
                const style = getComputedStyle(e);
                const [a, b] = [light(rgba(e instanceof SVGElement ? style.fill : style.color)), light(behind(e))];
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                const size = parseFloat(style.fontSize);
                const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
                if (ratio < needed) faint.push(`${e.tagName} ${e.className?.baseVal ?? e.className} '${e.textContent.trim().slice(0, 30)}' ${ratio.toFixed(2)}`);
            }
            return faint;
        })()
        """;
}
