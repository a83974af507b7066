using System.Buffers;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>What generated formatters allocate: nothing when they write, the objects themselves when they read.</summary>
public sealed class GeneratedAllocationTests
{
    private const int Runs = 100;

    [Fact]
    public void A_list_of_records() => Check<List<Point>>(
        nameof(Payloads.ListOfRecords), [.. Enumerable.Range(0, 50).Select(i => new Point(i, -i * 1000))], static value => Copy(value, static point => point with { }));

    [Fact]
    public void A_map_of_lists() => Check(
        nameof(Payloads.MapOfLists),
        Enumerable.Range(0, 20).ToDictionary(i => $"a key of some length {i}", List<Point?>? (i) => i % 5 == 0 ? null : [new(i, i), null]),
        static value =>
        {
            Dictionary<string, List<Point?>?> copy = new(value.Count);
            foreach (var (key, points) in value)
                copy.Add(Copy(key), points is null ? null : Copy(points, static point => point is null ? null : point with { }));
            return copy;
        });

    [Fact]
    public void A_recursive_type()
    {
        Check(nameof(Payloads.Recursive), new Tree(1, [new(2, null), new(3, [new(4, []), new(5, [new(6, null)])])]), CopyOf);

        static Tree CopyOf(Tree tree) => new(tree.Id, tree.Children is null ? null : Copy(tree.Children, CopyOf));
    }

    [Fact]
    public void Text_that_is_not_ASCII() => Check(
        nameof(Payloads.InitOnly), new InitOnly { Id = 1, Name = "Zürich, 東京, 😀" + new string('ä', 500) }, static value => new() { Id = value.Id, Name = Copy(value.Name!) });

    [Fact]
    public void A_derived_class_and_a_tuple()
    {
        Check(
            nameof(Payloads.Derived), new Derived(1, "name") { Extra = 1.5, Inherited = [1, 2, 300] },
            static value => new(value.Id, Copy(value.Name)) { Extra = value.Extra, Inherited = Copy(value.Inherited!, static number => number) });
        Check(nameof(Payloads.NamedTuple), (1, (string?)"text", new Point(2, 3)), static value => (value.Item1, Copy(value.Item2!), value.Item3 with { }));
    }

    private static void Check<T>(string method, T value, Func<T, T> copy)
    {
        var serializer = SerializerOf.Method<T>(typeof(Payloads), method);
        ArrayBufferWriter<byte> buffer = new(64 * 1024);
        Assert.Equal(0, Allocated(() =>
        {
            buffer.ResetWrittenCount();
            serializer.Serialize(value, buffer);
        }));

        ReadOnlySequence<byte> payload = new(buffer.WrittenMemory);
        long objects = Allocated(() => GC.KeepAlive(copy(value)));
        Assert.InRange(Allocated(() => GC.KeepAlive(serializer.Deserialize(payload))), objects / 2, objects * 105 / 100);
    }

    /// <summary>What an action allocates each time, once all that is made only once is there.</summary>
    private static long Allocated(Action action)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Runs; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static string Copy(string text) => new(text.AsSpan());

    private static List<T> Copy<T>(List<T> values, Func<T, T> copy)
    {
        List<T> copies = new(values.Count);
        foreach (T value in values)
            copies.Add(copy(value));
        return copies;
    }
}
