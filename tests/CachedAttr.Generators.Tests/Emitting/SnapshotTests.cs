namespace CachedAttr.Generators.Tests.Emitting;

/// <summary>The text of generated code: one case a concept, small enough to read.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Task_by_id() => Snapshot.Verify("""
        namespace Demo;

        public sealed record Server(int Id, string Name);

        public sealed partial class ServerService(Cache cache)
        {
            [Cached("server:{id}", Ttl = 600)]
            public partial Task<Server?> GetServerAsync(int id, CancellationToken ct = default);

            private Task<Server?> GetServerCoreAsync(int id, CancellationToken ct) => Task.FromResult<Server?>(new(id, ""));
        }
        """);

    [Fact]
    public void Conditions_and_numbers() => Snapshot.Verify("""
        namespace Demo;

        public sealed partial class Tools
        {
            [Cached("tool:{server}:{name}", Ttl = 0.5, NullTtl = 0, LocalCapacity = 10, Tiers = CacheTiers.Local, Policy = "tools", When = nameof(IsOn), Unless = nameof(IsEmpty))]
            public partial ValueTask<string?> GetToolAsync(int server, string name);

            private ValueTask<string?> GetToolCoreAsync(int server, string name) => new(name);

            private bool IsOn(int server) => server > 0;

            private static bool IsEmpty(string? result, string name) => result == name;
        }
        """);

    [Fact]
    public void Object_key() => Snapshot.Verify("""
        namespace Demo;

        public sealed record Filter(string? Text, IReadOnlyList<string> Tags, Filter? Inner, Dictionary<string, int>? Weights);

        public partial class Search
        {
            [Cached("search:{filter}:{token}:{day:yyyy-MM}", Ttl = 5)]
            public partial int Count(Filter filter, [Sensitive] string token, DateOnly day);

            private int CountCore(Filter filter, string token, DateOnly day) => 0;

            [InvalidateCache(Method = nameof(Count))]
            public partial void Forget(Filter filter);

            private void ForgetCore(Filter filter) { }
        }
        """);

    [Fact]
    public void Generics() => Snapshot.Verify("""
        namespace Demo;

        public partial class Outer<TItem>
            where TItem : class
        {
            protected partial record struct Repository
            {
                [Cached("items", Ttl = 5)]
                public static partial TItem? Find<TKey>(TKey key, DateTime at) where TKey : struct, ISpanFormattable, ISpanParsable<TKey>;

                private static TItem? FindCore<TKey>(TKey key, DateTime at) where TKey : struct, ISpanFormattable, ISpanParsable<TKey> => null;
            }
        }
        """);

    [Fact]
    public void Names_that_clash() => Snapshot.Verify("""
        namespace Demo.@event;

        public partial class @class
        {
            private readonly Cache region = Cache.Default;

            [Cached("x:{hit}-{call}", Ttl = 5)]
            public partial Task<int> GetAsync(int hit, string? call, [CacheKeyIgnore] int self, [CacheKeyIgnore] int Item3, CancellationToken token);

            private Task<int> GetCoreAsync(int hit, string? call, int self, int Item3, CancellationToken token) => Task.FromResult(0);

            [Cached("y", Ttl = 5)]
            public partial int Get(int @class, string? key);

            private int GetCore(int @class, string? key) => 0;

            [Cached("z", Ttl = 5)]
            public partial int Get(string? @class, int key);

            private int GetCore(string? @class, int key) => 0;
        }
        """);

    [Fact]
    public void Invalidation() => Snapshot.Verify("""
        namespace Demo;

        public sealed record Server(int Id, string Name);

        public abstract partial class Registry(Cache cache)
        {
            [Cached("server:{id}", Ttl = 600)]
            public partial Server? Get(int id);

            private Server? GetCore(int id) => null;

            [InvalidateCache("server:{id}", "server:{id}:*", "servers:*")]
            public partial Task UpdateAsync(int id, string name, CancellationToken ct = default);

            private Task UpdateCoreAsync(int id, string name, CancellationToken ct) => Task.CompletedTask;

            [InvalidateCache("servers:*", On = InvalidateOn.Before)]
            [InvalidateCache("server:{result.Id}", When = nameof(IsNew))]
            [InvalidateCache(Method = nameof(Get), On = InvalidateOn.Always)]
            protected virtual partial ValueTask<Server> CreateAsync(string name);

            private ValueTask<Server> CreateCoreAsync(string name) => new(new Server(1, name));

            private static bool IsNew(Server result, string name) => result.Name == name;

            [InvalidateCache("server:{id}")]
            public static partial bool Delete(int id, out int left);

            private static bool DeleteCore(int id, out int left) => (left = id) > 0;
        }
        """);

    [Fact]
    public void Formatters() => Snapshot.Verify("""
        namespace Demo;

        public enum State { On, Off }

        public record Page<T>(IReadOnlyList<T> Items, int Total);

        public sealed class Server(int id)
        {
            public int Id { get; } = id;

            public required string Name { get; init; }

            public State State { get; set; }

            public (int Major, int Minor)? Version { get; set; }

            public Dictionary<string, List<Server>?>? Related { get; set; }

            public bool IsOn => State == State.On;
        }

        public readonly record struct Size(int Width, int Height);

        public partial class Servers
        {
            [Cached("servers", Ttl = 60)]
            public partial Task<Page<Server>?> GetServersAsync();

            private Task<Page<Server>?> GetServersCoreAsync() => Task.FromResult<Page<Server>?>(null);

            [Cached("sizes", Ttl = 60)]
            public partial Size[] GetSizes();

            private Size[] GetSizesCore() => [];

            [Cached("kept", Ttl = 60)]
            public partial Lazy<int> GetLazy();

            private Lazy<int> GetLazyCore() => new(1);
        }
        """);

    [Fact]
    public void Tags_many_keys_and_changes() => Snapshot.Verify("""
        namespace Demo;

        public sealed record Server(int Id, string Name, int Team, IReadOnlyList<string> Labels);

        public sealed partial class Servers(Cache cache, string region)
        {
            [Cached("server:{id}", Ttl = 600, StaleIfError = 60, Tags = ["team:{result.Team}", "label:{result.Labels}", "region:{region}"], Unless = nameof(IsDraft))]
            public partial Task<Server?> GetAsync(int id, CancellationToken ct = default);

            private Task<Server?> GetCoreAsync(int id, CacheEntryContext<Server?> entry, CancellationToken ct) => Task.FromResult<Server?>(null);

            [Cached("server:{ids}", Ttl = 600, Tags = ["team:{result.Team}"])]
            public partial Task<IReadOnlyDictionary<int, Server>> GetManyAsync(IReadOnlyCollection<int> ids, CancellationToken ct = default);

            private Task<IReadOnlyDictionary<int, Server>> GetManyCoreAsync(IReadOnlyCollection<int> ids, CancellationToken ct) => throw new NotSupportedException();

            [InvalidateCache("server:{servers.Id}", Tags = ["team:{servers.Team}"])]
            [CachePut("server:{result.Id}", Ttl = 60, Tags = ["team:{result.Team}"])]
            public partial Task<Server> MergeAsync(IEnumerable<Server> servers);

            private Task<Server> MergeCoreAsync(IEnumerable<Server> servers) => Task.FromResult(servers.First());

            private static bool IsDraft(Server? server) => server?.Name.Length == 0;
        }
        """);

    [Fact]
    public void Layouts_of_MessagePack() => Snapshot.Verify("""
        using MessagePack;

        namespace Demo
        {
            [Union(0, typeof(Circle))]
            [Union(3, typeof(Square))]
            public interface IShape;

            [MessagePackObject]
            public sealed class Circle : IShape
            {
                [Key(2)]
                public int Radius { get; set; }

                [Key(0)]
                public int Area => Radius * Radius * 3;
            }

            [MessagePackObject]
            public sealed class Square : IShape
            {
                [Key("s")]
                public int Side { get; set; }
            }

            public partial class Shapes
            {
                [Cached("shape", Ttl = 60)]
                public partial IShape? Find();

                private IShape? FindCore() => null;
            }
        }

        namespace MessagePack
        {
            public class MessagePackObjectAttribute : Attribute;

            public class KeyAttribute : Attribute
            {
                public KeyAttribute(int x) { }

                public KeyAttribute(string x) { }
            }

            [AttributeUsage(AttributeTargets.Interface, AllowMultiple = true)]
            public class UnionAttribute(int key, Type subType) : Attribute
            {
                public (int, Type) Case => (key, subType);
            }
        }
        """);
}
