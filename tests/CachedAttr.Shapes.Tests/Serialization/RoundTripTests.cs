using System.Reflection;
using System.Text.Json;
using CachedAttr.Serialization;

namespace CachedAttr.Shapes.Tests.Serialization;

public sealed class RoundTripTests
{
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };

    public static TheoryData<string> Shapes => [.. SerializerOf.Methods(typeof(Payloads))];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_shape_is_read_as_it_was_written(string method)
    {
        var loader = typeof(Payloads).GetMethod(method + "Core", BindingFlags.Static | BindingFlags.NonPublic)!;
        typeof(RoundTripTests).GetMethod(nameof(Check), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(loader.ReturnType).Invoke(null, [method, loader.Invoke(null, null)]);
    }

    [Fact]
    public void A_grid_of_records_is_read_as_it_was_written()
    {
        var serializer = SerializerOf.Method<Grids>(typeof(OddPayloads), nameof(OddPayloads.GetGrids));
        var read = serializer.Deserialize(serializer.Serialize(new(new[,] { { 1, 2 } }, new Point[,,] { { { new(1, 2) } } })));
        Assert.Equal(2, read.Two[0, 1]);
        Assert.Equal(new Point(1, 2), read.Three[0, 0, 0]);
    }

    [Fact]
    public void A_derived_type_is_refused_and_not_cut_off()
    {
        var serializer = SerializerOf.Method<Base>(typeof(OddPayloads), nameof(OddPayloads.GetBase));
        Assert.Equal(1, serializer.Deserialize(serializer.Serialize(new Base(1, "n"))).Id);
        Assert.Throws<MessagePackException>(() => serializer.Serialize(new Derived(1, "n")));
    }

    [Fact]
    public void A_cyclic_graph_is_refused()
    {
        List<Tree> children = [];
        children.Add(new(1, children));
        var serializer = SerializerOf.Method<Tree>(typeof(Payloads), nameof(Payloads.Recursive));
        Assert.Throws<MessagePackException>(() => serializer.Serialize(children[0]));
    }

    [Fact]
    public void A_result_that_has_no_form_is_cached_without_a_serializer()
    {
        Assert.Null(SerializerOf.Method(typeof(OddPayloads), nameof(OddPayloads.GetAction)));
        using Cache cache = Cache.Create();
        OddPayloads payloads = new(cache);
        Assert.Same(payloads.GetAction(), payloads.GetAction());
    }

    [Fact]
    public void The_serializer_of_a_method_is_made_once()
    {
        object? first = SerializerOf.Method(typeof(Payloads), nameof(Payloads.Positional));
        Assert.NotNull(first);
        Assert.Same(first, SerializerOf.Method(typeof(Payloads), nameof(Payloads.Positional)));
    }

    [Fact]
    public void A_damaged_payload_throws_the_one_exception()
    {
        var serializer = SerializerOf.Method<Tree>(typeof(Payloads), nameof(Payloads.Recursive));
        byte[] payload = serializer.Serialize(new(1, [new(2, null)]));
        for (int length = 0; length < payload.Length; length++)
            Assert.Throws<MessagePackException>(() => serializer.Deserialize(payload[..length]));
    }

    private static void Check<T>(string method, T sample)
    {
        var serializer = SerializerOf.Method<T>(typeof(Payloads), method);
        byte[] payload = serializer.Serialize(sample);
        T read = serializer.Deserialize(payload);

        Assert.Equal(JsonSerializer.Serialize(sample, WithFields), JsonSerializer.Serialize(read, WithFields));
        Assert.Equal(payload, serializer.Serialize(read));
        Assert.NotEqual(0UL, serializer.SchemaFingerprint);
    }
}

public sealed record Grids(int[,] Two, Point[,,] Three);

public sealed partial class OddPayloads(Cache cache)
{
    [Cached("grids", Ttl = 60)]
    public partial Grids GetGrids();

    private static Grids GetGridsCore() => new(new int[0, 0], new Point[0, 0, 0]);

    [Cached("base", Ttl = 60)]
    public partial Base GetBase();

    private static Base GetBaseCore() => new(1, "n");

    [Cached("wide", Ttl = 60)]
    public partial Wide GetWide();

    private static Wide GetWideCore() => new();

    [Cached("action", Ttl = 60)]
    public partial Lazy<int> GetAction();

    private static Lazy<int> GetActionCore() => new(1);
}
