using CachedAttr.Analyzers.Results;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The cached type is mutable.</summary>
public sealed class Cattr041Tests : RuleTests<CachedTypeAnalyzer>
{
    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial [|List<int>|] Get(); List<int> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial [|Task<Server?>|] Get(); Task<Server?> GetCore() => default!; public sealed class Server { public string Name { get; set; } = \"\"; }")]
    [InlineData("[Cached(Ttl = 60)] public partial [|int[]|] Get(); int[] GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial [|ValueTask<IReadOnlyList<Tag>>|] Get(); ValueTask<IReadOnlyList<Tag>> GetCore() => default!; public sealed class Tag { public string? Text; }")]
    [InlineData("[Cached(Ttl = 60)] public partial [|Task<Dictionary<string, int>>|] Get(); Task<Dictionary<string, int>> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial [|IList<string>|] Get(); IList<string> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial [|Order|] Get(); Order GetCore() => default!; public sealed record Order(int Id, List<string> Lines);")]
    [InlineData("[Cached(Ttl = 60)] public partial [|(int Count, string[] Names)|] Get(); (int Count, string[] Names) GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial [|Tree|] Get(); Tree GetCore() => default!; public sealed record Tree(string Name, Tree? Left) { public HashSet<int> Seen { get; } = []; }")]
    [InlineData("[Cached(Ttl = 60)] public partial [|IReadOnlyDictionary<string, Row>|] Get(); IReadOnlyDictionary<string, Row> GetCore() => default!; public sealed class Row : Base { } public abstract class Base { public int Version { get; set; } }")]
    [InlineData("[Cached(Ttl = 60)] public partial [|ISettings|] Get(); ISettings GetCore() => default!; public interface ISettings { string Theme { get; set; } }")]
    [InlineData("[Cached(Ttl = 60)] public partial [|Bag|] Get(); Bag GetCore() => default!; public sealed class Bag : List<int>;")]
    [InlineData("[Cached(Ttl = 60)] public partial [|Wrapper|] Get(); Wrapper GetCore() => default!; public readonly struct Wrapper { public System.Text.StringBuilder Text { get; init; } }")]
    [InlineData("[Cached(Ttl = 60)] public partial [|Grid|] Get(); Grid GetCore() => default!; public sealed class Grid { public int this[int i] { get => i; set { } } }")]
    [InlineData("[Cached(\"a:{ids}\", Ttl = 60)] public partial [|IReadOnlyDictionary<int, int[]>|] Get(int[] ids); IReadOnlyDictionary<int, int[]> GetCore(int[] ids) => null!;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(Ttl = 60)] public partial string Get(); string GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial Task<Server?> Get(); Task<Server?> GetCore() => default!; public sealed record Server(int Id, string Name, IReadOnlyList<string> Tags);")]
    [InlineData("[Cached(Ttl = 60)] public partial IReadOnlyList<(int, Guid)> Get(); IReadOnlyList<(int, Guid)> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial System.Collections.Immutable.ImmutableArray<Uri> Get(); System.Collections.Immutable.ImmutableArray<Uri> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial System.Collections.Frozen.FrozenDictionary<string, DateTime> Get(); System.Collections.Frozen.FrozenDictionary<string, DateTime> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial Point Get(); Point GetCore() => default!; public struct Point { public int X { get; set; } public int Y; }")]
    [InlineData("[Cached(Ttl = 60)] public partial Server Get(); Server GetCore() => default!; public sealed class Server { public required string Name { get; init; } public int Reads { get; private set; } private int _count; public int Count() => ++_count; }")]
    [InlineData("[Cached(Ttl = 60)] public partial IEnumerable<Node> Get(); IEnumerable<Node> GetCore() => default!; public sealed record Node(string Name, Node? Parent, IReadOnlyDictionary<string, Node> Children);")]
    [InlineData("[Cached(Ttl = 60)] public partial ReadOnlyMemory<byte> Get(); ReadOnlyMemory<byte> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial IServer Get(); IServer GetCore() => default!; public interface IServer { string Name { get; } }")]
    [InlineData("[Cached(Ttl = 60)] public partial T Get<T>() where T : class; T GetCore<T>() where T : class => null!;")]
    [InlineData("[Cached(Ttl = 60, Tiers = CacheTiers.Backend)] public partial List<int> Get(); List<int> GetCore() => [];")]
    [InlineData("[Cached(Ttl = 60)] public partial Known Get(); Known GetCore() => default!; [System.ComponentModel.ImmutableObject(true)] public sealed class Known { public int[] Numbers { get; } = []; }")]
    [InlineData("[Cached(Ttl = 60)] public partial Version? Get(); Version? GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial ILookup<string, int> Get(); ILookup<string, int> GetCore() => default!; ")]
    [InlineData("[Cached(Ttl = 60)] public partial DayOfWeek? Get(); DayOfWeek? GetCore() => default!; ")]
    [InlineData("[Cached(\"a:{ids}\", Ttl = 60)] public partial Dictionary<int, string> Get(int[] ids); Dictionary<int, string> GetCore(int[] ids) => [];")]
    [InlineData("[Cached(Ttl = 60, Tiers = CacheTiers.Backend)] public partial Dictionary<int, string> Find(int id); Dictionary<int, string> FindCore(int id) => [];")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Theory]
    [InlineData("Page<Server>", "'Page<Server>.Items[].Owner.Name' has a setter; make it init-only or get-only")]
    [InlineData("IReadOnlyList<byte[]>", "'IReadOnlyList<byte[]>[]' is an array, whose elements can be replaced; use IReadOnlyList<byte> or ImmutableArray<byte>")]
    [InlineData("Task<Owner?>", "'Owner.Name' has a setter; make it init-only or get-only")]
    [InlineData("Task<List<int>>", "'List<int>' is a List<int>; use IReadOnlyList<T> or ImmutableArray<T>")]
    public async Task The_message_says_what_makes_it_mutable_and_what_to_do(string type, string reason)
    {
        var messages = await ReportsAsync(
            "public sealed record Page<T>(IReadOnlyList<T> Items); public sealed record Server(Owner Owner); public sealed class Owner { public string? Name { get; set; } } "
            + $"public partial class S {{ [Cached(Ttl = 60)] public partial [|{type}|] Get(); {type} GetCore() => null!; }}");
        Assert.Equal("All callers of 'Get' share one instance, and it can be changed: " + reason, Assert.Single(messages));
    }

    [Fact]
    public async Task What_cannot_be_cached_at_all_is_said_once() => await Verify.ReportsAsync<CachedTypeAnalyzer>(
        "CATTR041", Service("[Cached(Ttl = 60)] public partial IQueryable<int[]> Get(); IQueryable<int[]> GetCore() => null!;"));
}
