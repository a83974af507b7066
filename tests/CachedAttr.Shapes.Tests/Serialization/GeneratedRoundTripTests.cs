using System.Buffers;
using SerializationHarness;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>Random object graphs through every generated formatter.</summary>
public sealed class GeneratedRoundTripTests
{
    private const int Cases = 10_000;

    public static TheoryData<string> Names => [.. Shape.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void What_is_read_equals_what_was_written(string name)
    {
        Shape shape = Shape.All[name];
        for (int seed = 0; seed < Cases; seed++)
        {
            object? value = shape.Make(seed);
            byte[] payload = shape.Write(value);
            Assert.True(payload.AsSpan().SequenceEqual(shape.Write(value)), $"The bytes of seed {seed} depend on more than the value.");
            Assert.True(Sameness.Same(value, shape.Read(new(payload))), $"Seed {seed} came back as another value: {Convert.ToHexString(payload)}");
            Assert.True(Sameness.Same(value, shape.Read(Segments.Split(payload, seed % payload.Length))), $"Two segments made a difference to seed {seed}.");
        }
    }

    [Fact]
    public void Equal_graphs_have_equal_bytes()
    {
        foreach (Shape shape in Shape.All.Values)
        {
            for (int seed = 0; seed < 100; seed++)
                Assert.Equal(shape.Payload(seed), shape.Payload(seed));
        }
    }
}
