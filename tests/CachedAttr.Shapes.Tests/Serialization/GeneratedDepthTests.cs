using System.Runtime.ExceptionServices;
using CachedAttr.Serialization;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>Types that contain themselves end at the limit, or where the stack does, and never end the process.</summary>
public sealed class GeneratedDepthTests
{
    private const int SmallStack = 192 * 1024;

    /// <summary>A method, what one turn of its recursion is written as, and how many objects that is.</summary>
    public static TheoryData<string, string, int> Recursions => new()
    {
        { nameof(Payloads.Recursive), "920191", 1 },
        { nameof(Payloads.MutuallyRecursive), "92A161" + "92A16391", 2 },
        { nameof(MarkedPayloads.GetShape), "92059191", 2 },
    };

    [Theory, MemberData(nameof(Recursions))]
    public void Objects_nest_five_hundred_levels_and_no_more(string method, string level, int objects)
    {
        Shape shape = Shape.All[method];
        object? deepest = shape.Read(new(Chain(level, MessagePackWriter.MaxDepth / objects)));
        Assert.Equal(Chain(level, MessagePackWriter.MaxDepth / objects), shape.Write(deepest));
        Assert.Throws<MessagePackException>(() => shape.Read(new(Chain(level, (MessagePackWriter.MaxDepth / objects) + 1))));
        Assert.Throws<MessagePackException>(() => shape.Read(new(Chain(level, 100_000))));
    }

    [Fact]
    public void A_graph_deeper_than_the_limit_is_not_written()
    {
        Tree tree = new(0, null);
        for (int i = 0; i < MessagePackWriter.MaxDepth; i++)
            tree = new(i, [tree]);
        Assert.Throws<MessagePackException>(() => Shape.All[nameof(Payloads.Recursive)].Write(tree));
    }

    [Fact]
    public void A_payload_is_refused_where_the_stack_is_too_small_for_it()
    {
        Shape shape = Shape.All[nameof(OddPayloads.GetWide)];
        Wide wide = new();
        for (int i = 1; i < MessagePackWriter.MaxDepth; i++)
            wide = new() { Next = [wide] };
        byte[] payload = shape.Write(wide);
        OnSmallStack(() => Assert.Throws<MessagePackException>(() => shape.Read(new(payload))));
        OnSmallStack(() => Assert.Throws<MessagePackException>(() => shape.Write(wide)));
        Assert.Equal(payload, shape.Write(shape.Read(new(payload))));
    }

    private static byte[] Chain(string level, int count) => Convert.FromHexString(string.Concat(Enumerable.Repeat(level, count)) + "C0");

    private static void OnSmallStack(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    action();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            SmallStack);
        thread.Start();
        thread.Join();
        failure?.Throw();
    }
}

/// <summary>Contains itself, with much beside that has to wait on the stack meanwhile.</summary>
public sealed class Wide
{
    public (decimal, decimal, decimal, decimal, decimal, decimal, decimal) A { get; init; }

    public (decimal, decimal, decimal, decimal, decimal, decimal, decimal) B { get; init; }

    public (Guid, Guid, Guid, Guid, Guid, Guid, Guid) C { get; init; }

    public (Guid, Guid, Guid, Guid, Guid, Guid, Guid) D { get; init; }

    public List<Wide>? Next { get; init; }
}
