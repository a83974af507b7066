using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using CachedAttr.Serialization;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>
/// Damaged and random payloads through every generated formatter: a value or a <see cref="MessagePackException"/>, and memory in proportion to the payload. What
/// is read is a random object graph, and has to be read again as it is written. <c>CACHEDATTR_FUZZ_CASES=5000000</c> runs the long version.
/// </summary>
public sealed class GeneratedFuzzTests
{
    // An element of one byte can become an entry of an immutable dictionary, copied once while it grows; an exception with its stack trace takes a few KB.
    private const int BytesPerByte = 400;
    private const int Allowance = 64 * 1024;

    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("CACHEDATTR_FUZZ_CASES") ?? "300000", CultureInfo.InvariantCulture);

    private static readonly Shape[] Shapes = [.. Of(typeof(Payloads)), .. Of(typeof(MarkedPayloads)), .. Of(typeof(OddPayloads))];
    private static readonly byte[][] Corpus = [.. Shapes.Select(shape => shape.Sample)];

    private static readonly byte[][] HostilePrefixes =
    [
        [0xdb, 0x7f, 0xff, 0xff, 0xff], [0xc6, 0x80, 0, 0, 0], [0xdd, 0x7f, 0xff, 0xff, 0xff], [0xdf, 0x7f, 0xff, 0xff, 0xff], [0xdd, 0, 0, 1, 0],
        [0xdc, 0xff, 0xff], [0x9f], [0x8f], [0xc0], [0xc1], [0xc7, 12, 0xff], [0xd6, 0xff],
    ];

    [Theory, InlineData(1), InlineData(2)]
    public void A_payload_is_a_value_or_is_refused(int seed)
    {
        Assert.True(Shapes.Length > 45);
        var random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < Cases / 2; i++)
        {
            var shape = Shapes[random.Next(Shapes.Length)];
            byte[] payload = Payload(random, shape);
            long before = GC.GetAllocatedBytesForCurrentThread();
            object? value = null;
            bool isRead = false;
            try
            {
                value = shape.Read(payload);
                isRead = true;
            }
            catch (MessagePackException)
            {
            }
            catch (Exception exception)
            {
                Assert.Fail($"{shape.Name} threw {exception} for {Convert.ToHexString(payload)} (seed {seed}, case {i})");
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > Allowance + ((long)payload.Length * BytesPerByte))
                Assert.Fail($"{shape.Name} allocated {allocated} bytes for the {payload.Length} bytes {Convert.ToHexString(payload)}");
            if (!isRead)
                continue;
            accepted++;
            byte[] written = shape.Write(value);
            byte[] again = shape.Write(shape.Read(written));
            if (!written.AsSpan().SequenceEqual(again))
                Assert.Fail($"{shape.Name}: {Convert.ToHexString(payload)} is written as {Convert.ToHexString(written)} and then as {Convert.ToHexString(again)}");
        }

        Assert.True(accepted > Cases / 2 / 25, $"only {accepted} payloads were values");
    }

    [Fact]
    public void Nesting_ends_at_the_limit_and_not_in_the_stack()
    {
        var tree = Shapes.Single(shape => shape.Name == nameof(Payloads.Recursive));
        byte[] level = [0x92, 0x01, 0x91]; // a node with one child
        byte[] deep = [.. Enumerable.Repeat(level, 100_000).SelectMany(bytes => bytes), 0x92, 0x01, 0xc0];
        Assert.Throws<MessagePackException>(() => tree.Read(deep));
        byte[] allowed = [.. Enumerable.Repeat(level, 240).SelectMany(bytes => bytes), 0x92, 0x01, 0xc0];
        Assert.NotNull(tree.Read(allowed));
    }

    private static byte[] Payload(Random random, Shape shape)
    {
        if (random.Next(10) == 0)
        {
            byte[] noise = new byte[random.Next(1, 64)];
            random.NextBytes(noise);
            return noise;
        }

        byte[] payload = random.Next(20) == 0 ? Corpus[random.Next(Corpus.Length)] : shape.Sample;
        for (int i = random.Next(1, 4); i > 0 && payload.Length > 0; i--)
            payload = Damage(random, payload);
        return payload;
    }

    private static byte[] Damage(Random random, byte[] payload)
    {
        int at = random.Next(payload.Length);
        byte[] copy = [.. payload];
        switch (random.Next(8))
        {
            case 0:
                copy[at] ^= (byte)(1 << random.Next(8));
                return copy;
            case 1 or 2:
                copy[at] = (byte)random.Next(256);
                return copy;
            case 3:
                return copy[..at];
            case 4:
                return [.. copy.AsSpan(0, at), .. HostilePrefixes[random.Next(HostilePrefixes.Length)], .. copy.AsSpan(at)];
            case 5:
                return [.. copy.AsSpan(0, at), .. Corpus[random.Next(Corpus.Length)]];
            case 6 when copy.Length - at >= 4:
                BinaryPrimitives.WriteInt32BigEndian(copy.AsSpan(at), random.Next(3) - 1);
                return copy;
            default:
                return [.. copy.AsSpan(0, at), .. copy.AsSpan(Math.Min(copy.Length, at + random.Next(1, 5)))];
        }
    }

    private static IEnumerable<Shape> Of(Type service) =>
        from name in SerializerOf.Methods(service)
        let serializer = SerializerOf.Method(service, name)
        where serializer is not null
        let type = serializer.GetType().GetInterfaces().Single(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(ICacheSerializer<>)).GenericTypeArguments[0]
        let core = service.GetMethod(name + "Core", BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic)!
        let sample = core.Invoke(core.IsStatic ? null : Activator.CreateInstance(service, [null]), null)
        select (Shape)Activator.CreateInstance(typeof(Shape<>).MakeGenericType(type), name, serializer, sample)!;

    private abstract class Shape(string name)
    {
        public string Name => name;

        public byte[] Sample { get; protected init; } = [];

        public abstract object? Read(byte[] payload);

        public abstract byte[] Write(object? value);
    }

    private sealed class Shape<T> : Shape
    {
        private readonly ICacheSerializer<T> _serializer;

        public Shape(string name, ICacheSerializer<T> serializer, T sample)
            : base(name)
        {
            _serializer = serializer;
            Sample = Write(sample);
        }

        public override object? Read(byte[] payload) => _serializer.Deserialize(new ReadOnlySequence<byte>(payload));

        public override byte[] Write(object? value) => _serializer.Serialize((T)value!);
    }
}
