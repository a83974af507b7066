using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, CachedAttr.Benchmarks.RatioConfig.Create());
