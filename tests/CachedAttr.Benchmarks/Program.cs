using BenchmarkDotNet.Running;
using CachedAttr.Benchmarks;

if (args is ["cold-generator"])
    return ColdGenerator.Run();

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, RatioConfig.Create());
return 0;
