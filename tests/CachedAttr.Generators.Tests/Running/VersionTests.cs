using System.Collections.Concurrent;
using System.Runtime.Loader;
using CachedAttr.Backends;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using RoslynHarness;

namespace CachedAttr.Generators.Tests.Running;

/// <summary>Two versions of an application over one backend, as during a deployment: each is compiled, loaded and run.</summary>
public sealed class VersionTests
{
    private const string Original = "public record Item(int Id, string? Name, Kind Kind, Part? Part); public record Part(int Number); public enum Kind { A, B }";

    private const string Service = """
        public partial class Service(Cache cache)
        {
            public int Loads;

            [Cached("item", Ttl = 60)]
            public partial Item Get();

            private Item GetCore()
            {
                Loads++;
                return new(Id: 7, Kind: Kind.B, Part: new(8)MORE);
            }

            public override string ToString() => Get().ToString();
        }

        """;

    private static readonly ConcurrentDictionary<string, byte[]> Images = new();

    private readonly MemoryDistributedCache _store = new(Options.Create(new MemoryDistributedCacheOptions()));

    [Theory]
    [InlineData("string? Name, ", "string? Name, int? Added, ")]
    [InlineData("string? Name, ", "")]
    [InlineData("int Id, ", "long Id, ")]
    [InlineData("int Id, string? Name", "string? Name, int Id")]
    [InlineData("record Part(int Number)", "record Part(short Number)")]
    [InlineData("enum Kind", "enum Kind : byte")]
    public async Task What_another_version_stored_in_another_shape_is_a_miss_that_is_counted_and_overwritten(string before, string after)
    {
        string changed = Original.Replace(before, after, StringComparison.Ordinal);
        var old = await RunAsync(Original);
        var updated = await RunAsync(changed);
        Assert.Equal((1, 0L), (old.Loads, old.Unreadable));
        Assert.Equal((1, 1L), (updated.Loads, updated.Unreadable));
        Assert.Equal(updated with { Loads = 0, Unreadable = 0 }, await RunAsync(changed));
        Assert.Equal(old with { Unreadable = 1 }, await RunAsync(Original));
    }

    [Theory]
    [InlineData("public record Item", "public sealed record Item")]
    [InlineData("{ A, B }", "{ A, B, C = 7 }")]
    [InlineData("public enum", "public record Other(int Id); public enum")]
    [InlineData("record Part(int Number)", "record Part(int Number) { public void Add() { } }")]
    public async Task What_another_version_stored_in_the_same_shape_is_read(string before, string after)
    {
        var old = await RunAsync(Original);
        Assert.Equal(old with { Loads = 0 }, await RunAsync(Original.Replace(before, after, StringComparison.Ordinal)));
    }

    /// <summary>Runs a version until it has stored what it has loaded.</summary>
    private async Task<Run> RunAsync(string types)
    {
        var context = new AssemblyLoadContext(name: null, isCollectible: true);
        using var image = new MemoryStream(Images.GetOrAdd(types, Compile));
        Cache cache = Cache.Create(options => options.BackendFactory = settings => new DistributedCacheBackend(settings, _store));
        var type = context.LoadFromStream(image).GetType("Service")!;
        object service = Activator.CreateInstance(type, cache)!;
        string value = service.ToString()!;
        int loads = (int)type.GetField("Loads")!.GetValue(service)!;
        long unreadable = (await cache.GetStatusAsync()).Backend!.UnreadableEntries;
        await cache.DisposeAsync(); // which waits for what is on its way
        context.Unload();
        return new(value, loads, unreadable);
    }

    private static byte[] Compile(string types)
    {
        string more = (types.Contains("Name", StringComparison.Ordinal) ? ", Name: \"n\"" : "") + (types.Contains("Added", StringComparison.Ordinal) ? ", Added: 9" : "");
        return SourceProject.Of(Service.Replace("MORE", more, StringComparison.Ordinal) + types).Generate().Emit();
    }

    private sealed record Run(string Value, int Loads, long Unreadable);
}
