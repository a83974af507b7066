using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CachedAttr.Benchmarks;

/// <summary>
/// What <c>AddCachedAttr</c> adds to the start of a host: registering it, and making the cache, each in a process that has a container, options and configuration
/// already, as every host has, and nothing of this library. Not a BenchmarkDotNet benchmark, because a second iteration would not be cold.
/// </summary>
internal static class StartUp
{
    private const int Processes = 21;

    public static int Run()
    {
        var runs = Enumerable.Range(0, Processes).Select(static _ => Start()).ToList();
        double[] sums = [.. runs.Select(static run => run.Registered + run.Made).Order()];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"AddCachedAttr in {Processes} new processes, median: registered in {Median(runs.Select(static run => run.Registered)):F1} ms, made in {Median(runs.Select(static run => run.Made)):F1} ms, "
            + $"together {Median(sums):F1} ms ({sums[0]:F1} to {sums[^1]:F1}); then the first cached call {Median(runs.Select(static run => run.Called)):F1} ms"));
        return 0;
    }

    /// <summary>One measurement, in a process of its own.</summary>
    public static int Measure()
    {
        using (var host = new ServiceCollection().AddOptions().Configure<Other>(_ => { }).AddSingleton<OtherService>().BuildServiceProvider())
            _ = host.GetRequiredService<OtherService>();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("CachedAttr:DefaultTtl", "60")]).Build();
        _ = configuration["Other"];
        var services = new ServiceCollection().AddLogging().AddMetrics();

        long start = Stopwatch.GetTimestamp();
        services.AddCachedAttr(configuration);
        double registered = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var provider = services.BuildServiceProvider();
        _ = provider.GetRequiredService<IOptions<Other>>();

        start = Stopwatch.GetTimestamp();
        var cache = provider.GetRequiredService<Cache>();
        double made = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        start = Stopwatch.GetTimestamp();
        _ = new ServerService(cache).Get(7);
        double called = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{registered} {made} {called}"));
        return 0;
    }

    private static (double Registered, double Made, double Called) Start()
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["start-up", "one"]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string[] parts = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        double[] times = [.. parts.Select(static part => double.Parse(part, CultureInfo.InvariantCulture))];
        return (times[0], times[1], times[2]);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Processes / 2);

    private sealed class Other;

    private sealed class OtherService(IOptions<Other> options)
    {
        public Other Options { get; } = options.Value;
    }
}
