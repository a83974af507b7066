using BenchmarkDotNet.Running;
using CachedAttr.Benchmarks;

if (args is ["cold-generator"])
    return ColdGenerator.Run();

if (args is ["hit-cost"])
    return HitCost.Run();

if (args is ["analyzer-load"])
    return await AnalyzerLoad.RunAsync();

if (args is ["invalidation-load", .. var load])
{
    await InvalidationLoad.RunAsync(load);
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, RatioConfig.Create());
return 0;
