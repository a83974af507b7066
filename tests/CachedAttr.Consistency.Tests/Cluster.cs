using System.Globalization;
using Xunit.Abstractions;

namespace CachedAttr.Consistency.Tests;

/// <summary>Four processes over one backend, and what they have seen together.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public const int Size = 4;

    private static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(30);
    private static int _number;

    private readonly string _truth = Path.Combine("/dev/shm", $"cachedattr-truth-{Environment.ProcessId}-{Interlocked.Increment(ref _number)}");
    private readonly ITestOutputHelper _output;
    private readonly string[] _arguments;

    private Cluster(ITestOutputHelper output, string[] arguments)
    {
        _output = output;
        _arguments = arguments;
    }

    public string Prefix => "consistency-" + Path.GetFileName(_truth) + ":";

    public NodeProcess[] Nodes { get; } = new NodeProcess[Size];

    /// <summary>Starts the processes.</summary>
    /// <param name="output">Where the figures go.</param>
    /// <param name="backend">The end point of Redis, or <c>sqlite=FILE</c> or <c>postgres=CONNECTION</c>; one for all or one each.</param>
    /// <param name="more">Further arguments for all of them.</param>
    public static async Task<Cluster> StartAsync(ITestOutputHelper output, IReadOnlyList<string> backend, params string[] more)
    {
        var cluster = new Cluster(output, more);
        var starting = Enumerable.Range(0, Size).Select(i => cluster.StartNodeAsync(i, backend[i % backend.Count])).ToList();
        for (int i = 0; i < Size; i++)
            cluster.Nodes[i] = await starting[i];
        return cluster;
    }

    // The address of a sentinel has an equals sign too.
    private static string Argument(string backend) =>
        backend.StartsWith("sqlite=", StringComparison.Ordinal) || backend.StartsWith("postgres=", StringComparison.Ordinal) ? backend : "redis=" + backend;

    public Task<NodeProcess> StartNodeAsync(int node, string backend) => NodeProcess.StartAsync(
    [
        "truth=" + _truth, Argument(backend), "prefix=" + Prefix, "nodes=" + Size.ToString(CultureInfo.InvariantCulture),
        "node=" + node.ToString(CultureInfo.InvariantCulture), "seed=" + (Environment.GetEnvironmentVariable("CACHEDATTR_CONSISTENCY_SEED") ?? "20261121"),
        // Two of them are ten minutes apart.
        "clock=" + (node == 1 ? "300" : node == 2 ? "-300" : "0"), .. _arguments,
    ]);

    /// <summary>Kills a process in the middle of what it does, and starts another in its place.</summary>
    public async Task KillNodeAsync(int node, string backend)
    {
        Nodes[node].Signal("KILL");
        await Nodes[node].DisposeAsync();
        Nodes[node] = await StartNodeAsync(node, backend);
    }

    public async Task TellAsync(string command)
    {
        foreach (var node in Nodes)
            await node.AskAsync(command);
    }

    /// <summary>Waits until all use their backend again, which nothing promises to be soon on a busy machine.</summary>
    public async Task UntilTrustedAsync()
    {
        var limit = System.Diagnostics.Stopwatch.StartNew();
        foreach (var node in Nodes)
        {
            while (await node.AskAsync("trusted") is var answer && answer != "yes")
            {
                Assert.True(limit.Elapsed < RecoversWithin, "a process does not use its backend again: " + answer);
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Ends reading and writing, waits until all serve what was promised, and checks what they have seen.</summary>
    public async Task<IReadOnlyList<NodeReport>> EndAsync(TimeSpan convergesWithin)
    {
        await TellAsync("stop");
        await UntilTrustedAsync();
        var limit = System.Diagnostics.Stopwatch.StartNew();
        TimeSpan began;
        int stale;
        do
        {
            // To ask for everything takes a while. What is read from the limit on has to be right, so the last round begins after it.
            began = limit.Elapsed;
            stale = (await Task.WhenAll(Nodes.Select(node => node.CountStaleAsync()))).Sum();
            if (stale > 0)
                await Task.Delay(50);
        }
        while (stale > 0 && began < convergesWithin);
        var reports = new List<NodeReport>();
        foreach (var node in Nodes)
            reports.Add(await node.ReportAsync());
        Show(reports, stale, began);
        Assert.Equal(0, stale);
        return reports;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes.Where(node => node is not null))
        {
            _output.WriteLine(node.Errors);
            await node.DisposeAsync();
        }

        File.Delete(_truth);
    }

    private void Show(IReadOnlyList<NodeReport> reports, int stale, TimeSpan converged)
    {
        long[] delays = [.. reports.SelectMany(report => report.Delays).Order()];
        string At(double share) => delays.Length == 0 ? "-" : (delays[(int)((delays.Length - 1) * share)] / 1000.0).ToString("F1", CultureInfo.InvariantCulture);
        _output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{reports.Sum(r => r.Reads)} reads, {reports.Sum(r => r.Writes)} writes, {reports.Sum(r => r.Loads)} loads; stale: {reports.Sum(r => r.OwnStale)} own, {reports.Sum(r => r.SeenStale)} seen, {reports.Sum(r => r.LateStale)} late, {stale} at the end; {reports.Sum(r => r.Exceptions)} exceptions; held up for {reports.Sum(r => r.HeldUp.TotalSeconds):F1} s"));
        _output.WriteLine($"{delays.Length} times seen late at all, by ms: p50 {At(0.5)}, p99 {At(0.99)}, max {At(1)}; converged after {converged.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture)} ms");
        foreach (string example in reports.SelectMany(report => report.Examples).Take(8))
            _output.WriteLine(example);
    }
}
