using CachedAttr;

var weather = new Weather();
Console.WriteLine(await weather.GetForecastAsync("Oslo"));
Console.WriteLine(await weather.GetForecastAsync("Oslo"));
await weather.ReportAsync("Oslo");
Console.WriteLine(await weather.GetForecastAsync("Oslo"));
Console.WriteLine(await Cache.Default.GetAsync(Weather.CacheKeys.GetForecast("Oslo")));

public partial class Weather
{
    private int _loads;

    [Cached("forecast:{city}", Ttl = 60)]
    public partial Task<string> GetForecastAsync(string city);

    private Task<string> GetForecastCoreAsync(string city) => Task.FromResult($"{city}, load {++_loads}");

    [InvalidateCache("forecast:{city}")]
    public partial Task ReportAsync(string city);

    private Task ReportCoreAsync(string city) => Task.CompletedTask;
}
