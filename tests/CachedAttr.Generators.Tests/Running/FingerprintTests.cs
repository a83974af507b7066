using System.Reflection;
using System.Runtime.Loader;
using RoslynHarness;

namespace CachedAttr.Generators.Tests.Running;

/// <summary>Whether payloads of one version of a type are recognised as foreign by another one: both are compiled, loaded and asked.</summary>
public sealed class FingerprintTests
{
    private const string Original = "public record Item(int Id, string? Name, Kind Kind, Part? Part); public record Part(int Id); public enum Kind { A, B }";

    [Theory]
    [InlineData("string? Name, ", "string? Name, int Added, ")]
    [InlineData("string? Name, ", "")]
    [InlineData("int Id, ", "long Id, ")]
    [InlineData("int Id, ", "int? Id, ")]
    [InlineData("int Id, string? Name", "string? Name, int Id")]
    [InlineData("string? Name", "string? Title")]
    [InlineData("Part? Part", "List<Part>? Part")]
    [InlineData("record Part(int Id)", "record Part(int Id, int Number)")]
    [InlineData("enum Kind", "enum Kind : byte")]
    [InlineData("record Item(int Id", "record Base(int Extra); public record Item(int Id")]
    public void A_changed_shape_has_another_fingerprint(string before, string after)
    {
        string changed = Original.Replace(before, after, StringComparison.Ordinal);
        if (changed.Contains("Base", StringComparison.Ordinal))
            changed = changed.Replace("Part? Part)", "Part? Part) : Base(0)", StringComparison.Ordinal);
        Assert.NotEqual(Fingerprint(Original), Fingerprint(changed));
    }

    [Theory]
    [InlineData("public record Item", "public sealed record Item")]
    [InlineData("{ A, B }", "{ A, B, C = 7 }")]
    [InlineData("string? Name", "string Name")]
    [InlineData("record Part(int Id)", "record Part(int Id) { public int Twice => Id * 2; public void Add() { } }")]
    [InlineData("public enum", "public record Other(int Id); public enum")]
    public void An_unrelated_change_keeps_the_fingerprint(string before, string after) =>
        Assert.Equal(Fingerprint(Original), Fingerprint(Original.Replace(before, after, StringComparison.Ordinal)));

    [Theory]
    [InlineData("public class Item { public int reader { get; set; } public int Reader { get; set; } public int global; public int Key; public int @case; public int _; }")]
    [InlineData("public class Item { public int resultFormatters; public int ItemFormatter; public int itemFormatter; public int value; public int schema; }")]
    [InlineData("public record Item(Item.Inner Value, Other.Inner More) { public record Inner(int Id); } public class Other { public record Inner(int Id); }")]
    [InlineData("public class Item(in int id, params int[] rest) { public int Id { get; } = id; public int[] Rest => rest; }")]
    [InlineData("public class Item { [Obsolete] public int Old { get; set; } public dynamic? Computed => null; public int this[int i] => i; public static int S { get; set; } }")]
    [InlineData("public class Item { internal Item() { } public int Id { get; internal set; } public event Action? Changed { add { } remove { } } }")]
    [InlineData("public class Item<T> { public T? Value { get; set; } public Item<T>? Next { get; set; } } public class Item : Item<(int A, string? B)[]>;")]
    [InlineData("public class Item { public Item() { } public Item(Item other) => Id = other.Id; public int Id { get; set; } }")]
    public void Unusual_types_compile(string types) => Assert.NotEqual(0UL, Fingerprint(types));

    private static ulong Fingerprint(string types)
    {
        string source = "public partial class Service { [Cached(\"x\")] public partial Item? Get(); private Item? GetCore() => null; } " + types;
        var compilation = SourceProject.Of(source).Generate().Compilation;
        using MemoryStream image = new();
        var emitted = compilation.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        AssemblyLoadContext context = new(name: null, isCollectible: true);
        try
        {
            object method = context.LoadFromStream(image).GetType("Service")!
                .GetNestedType("CachedMethods", BindingFlags.NonPublic)!.GetField("Get")!.GetValue(null)!;
            object serializer = method.GetType().GetProperty("Serializer")!.GetValue(method)!;
            return (ulong)serializer.GetType().GetProperty("SchemaFingerprint")!.GetValue(serializer)!;
        }
        finally
        {
            context.Unload();
        }
    }
}
