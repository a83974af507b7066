using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CachedAttr.Benchmarks;

/// <summary>
/// What a cache adds to the start of a host that has its configuration, logging and container already: registering it, and making it when it is asked for.
/// Each time in a process of its own, because a second start would not be cold. The median is told.
/// </summary>
internal static class ColdStart
{
    private const string Once = "once";
    private const int Processes = 15;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [Once])
        {
            Console.WriteLine(Measure());
            return 0;
        }

        var times = new List<(double Registered, double Made)>();
        for (int i = 0; i < Processes; i++)
            times.Add(await MeasureElsewhereAsync());
        double registered = Median(times.Select(time => time.Registered));
        double made = Median(times.Select(time => time.Made));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"of {Processes} processes, medians: AddCachedAttr {registered:F2} ms, the cache made {made:F2} ms; slowest sum {times.Max(time => time.Registered + time.Made):F2} ms"));
        return 0;
    }

    private static async Task<(double Registered, double Made)> MeasureElsewhereAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ColdStart).Assembly.Location, "cold-start", Once]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        string[] numbers = (await process.StandardOutput.ReadToEndAsync()).Split(' ');
        await process.WaitForExitAsync();
        return (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private static string Measure()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("CachedAttr:DefaultTtl", "60")]).Build();
        using (var host = Host(configuration).AddOptions<LoggerFilterOptions>().Services.BuildServiceProvider())
            host.GetRequiredService<ILoggerFactory>().CreateLogger("host");

        var services = Host(configuration);
        long start = Stopwatch.GetTimestamp();
        services.AddCachedAttr(configuration);
        var registered = Stopwatch.GetElapsedTime(start);
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<ILoggerFactory>();
        start = Stopwatch.GetTimestamp();
        provider.GetRequiredService<Cache>();
        var made = Stopwatch.GetElapsedTime(start);
        return string.Create(CultureInfo.InvariantCulture, $"{registered.TotalMilliseconds:F3} {made.TotalMilliseconds:F3}");
    }

    private static IServiceCollection Host(IConfiguration configuration) => new ServiceCollection().AddSingleton(configuration).AddLogging();

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Processes / 2);
}
