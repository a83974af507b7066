using BenchmarkDotNet.Running;
using CachedAttr.Benchmarks;
using CachedAttr.Benchmarks.Scoreboard;

if (args is ["cold-generator"])
    return ColdGenerator.Run();

if (args is ["hit-cost"])
    return HitCost.Run();

if (args is ["cold-start", .. var start])
    return await ColdStart.RunAsync(start);

if (args is ["analyzer-load"])
    return await AnalyzerLoad.RunAsync();

if (args is ["start-up", "one"])
    return StartUp.Measure();

if (args is ["start-up"])
    return StartUp.Run();

if (args is ["invalidation-load", .. var load])
{
    await InvalidationLoad.RunAsync(load);
    return 0;
}

if (args is ["scoreboard", .. var rows])
    return await ScoreboardCommand.RunAsync(rows);

if (args is ["traces", .. var traces])
    return TraceCommand.Run(traces);

if (args is ["registry-load", .. var registry])
    return await RegistryLoad.RunAsync(registry);

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, RatioConfig.Create());
return 0;
