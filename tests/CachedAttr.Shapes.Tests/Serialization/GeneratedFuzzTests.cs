using System.Buffers;
using CachedAttr.Serialization;
using SerializationHarness;
using Xunit.Abstractions;

namespace CachedAttr.Shapes.Tests.Serialization;

/// <summary>
/// Damaged and random payloads through every generated formatter: a value or a <see cref="MessagePackException"/>, and memory in proportion to the payload. What
/// is read is a random object graph, and has to be read again as it is written. <c>CACHEDATTR_FUZZ_CASES=5000000</c> runs the long version.
/// </summary>
public sealed class GeneratedFuzzTests(ITestOutputHelper output)
{
    private const int PayloadsPerShape = 40;

    private static readonly Shape[] All = [.. Shape.All.Values];
    private static readonly byte[][][] Genuine = [.. All.Select(shape => Enumerable.Range(0, PayloadsPerShape).Select(shape.Payload).ToArray())];
    private static readonly HostilePayloads Payloads = new([.. Genuine.SelectMany(payloads => payloads)]);

    [Theory, InlineData(1), InlineData(2)]
    public void A_payload_is_a_value_or_is_refused(int seed)
    {
        Assert.True(All.Length > 45);
        Random random = new(seed);
        int accepted = 0;
        for (int i = 0; i < HostileCase.Count / 2; i++)
        {
            int at = random.Next(All.Length);
            HostileCase hostile = new(seed, i, random.Next(20) == 0 ? Payloads.Next(random) : Payloads.Next(random, Genuine[at]));
            ReadOnlySequence<byte> sequence = HostilePayloads.Sequence(random, hostile.Payload);
            object? value = null;
            if (!hostile.IsRead(All[at].Name, () => value = All[at].Read(sequence)))
                continue;
            accepted++;
            WriteAgain(hostile, All[at], value);
        }

        output.WriteLine(FormattableString.Invariant($"{HostileCase.Count / 2} payloads of {All.Length} shapes, {accepted} of them values"));
        Assert.True(accepted > HostileCase.Count / 2 / 25, $"only {accepted} payloads were values");
    }

    private static void WriteAgain(HostileCase hostile, Shape shape, object? value)
    {
        try
        {
            if (!Sameness.Same(value, shape.Read(new(shape.Write(value)))))
                hostile.Fail(shape.Name, "read a value that comes back as another one");
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.FailException)
        {
            hostile.Fail(shape.Name, $"read a value that cannot be written and read again: {exception}");
        }
    }
}
