using System.Buffers.Binary;
using CachedAttr.Serialization;
using SerializationHarness;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>Lengths that are announced, but not there, cost no memory, wherever in a payload they stand.</summary>
public sealed class GeneratedMemoryTests
{
    private static readonly byte[][] Claims =
    [
        [0xdb, 0x7f, 0xff, 0xff, 0xff], [0xc6, 0x7f, 0xff, 0xff, 0xff], [0xdd, 0x7f, 0xff, 0xff, 0xff], [0xdf, 0x7f, 0xff, 0xff, 0xff],
        [0xdb, 0x80, 0, 0, 0], [0xc6, 0x80, 0, 0, 0], [0xdd, 0x80, 0, 0, 0], [0xdf, 0x80, 0, 0, 0],
    ];

    public static TheoryData<string> Names => [.. Shape.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Two_to_the_31_elements_are_not_allocated(string name)
    {
        Shape shape = Shape.All[name];
        for (int seed = 0; seed < 10; seed++)
        {
            byte[] genuine = shape.Payload(seed);
            for (int at = 0; at < Math.Min(genuine.Length, 200); at++)
            {
                foreach (byte[] claim in Claims)
                {
                    byte[] payload = [.. genuine.AsSpan(0, at), .. claim, .. genuine.AsSpan(at)];
                    new HostileCase(seed, at, payload).IsRead(name, () => shape.Read(new(payload)));
                }
            }
        }
    }

    [Fact]
    public void Claims_inside_claims_do_not_multiply_memory()
    {
        // Each level is a node whose list claims nearly all bytes that follow; if each were believed, a hundred would take 800 MB.
        const int Length = 1 << 20;
        byte[] payload = new byte[Length];
        for (int i = 0; i < 100 * 7; i += 7)
        {
            Convert.FromHexString("9201dd").CopyTo(payload, i);
            BinaryPrimitives.WriteInt32BigEndian(payload.AsSpan(i + 3), Length - i - 7);
        }

        Shape tree = Shape.All[nameof(Payloads.Recursive)];
        Assert.Throws<MessagePackException>(() => tree.Read(new(payload)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<MessagePackException>(() => tree.Read(new(payload)));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20L * Length);
    }
}
