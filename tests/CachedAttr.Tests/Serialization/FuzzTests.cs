using System.Buffers;
using CachedAttr.Serialization;
using SerializationHarness;
using Xunit.Abstractions;

namespace CachedAttr.Tests.Serialization;

/// <summary>
/// Damaged and random payloads through the reader and every formatter: a value or a <see cref="MessagePackException"/>, and memory in
/// proportion to the payload. <c>CACHEDATTR_FUZZ_CASES=5000000</c> runs the long version.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int PayloadsPerFamily = 40;

    private static readonly Family[] All = [.. Families.All.Values];
    private static readonly HostilePayloads Payloads = new([.. All.SelectMany(f => Enumerable.Range(0, PayloadsPerFamily).Select(f.Encode))]);

    private delegate void Read(ref MessagePackReader reader);

    private static readonly Read[] Reads =
    [
        (ref r) => r.Skip(), (ref r) => r.PeekType(), (ref r) => r.TryReadNil(), (ref r) => r.ReadBoolean(), (ref r) => r.ReadSByte(),
        (ref r) => r.ReadInt16(), (ref r) => r.ReadInt32(), (ref r) => r.ReadInt64(), (ref r) => r.ReadByte(), (ref r) => r.ReadUInt16(),
        (ref r) => r.ReadUInt32(), (ref r) => r.ReadUInt64(), (ref r) => r.ReadSingle(), (ref r) => r.ReadDouble(), (ref r) => r.ReadString(),
        (ref r) => r.ReadUtf8(), (ref r) => r.ReadBinary(), (ref r) => r.ReadBinaryHeader(), (ref r) => r.ReadArrayHeader(),
        (ref r) => r.ReadMapHeader(), (ref r) => r.ReadExtensionHeader(), (ref r) => r.ReadTimestamp(), (ref r) => r.ReadArrayHeader(3),
        (ref r) => r.ReadRaw(new byte[3]),
    ];

    [Theory, InlineData(1), InlineData(2)]
    public void A_formatter_reads_a_value_or_refuses(int seed)
    {
        Random random = new(seed);
        int accepted = 0;
        for (int i = 0; i < HostileCase.Count / 4; i++)
        {
            HostileCase hostile = new(seed, i, Payloads.Next(random));
            Family family = All[random.Next(All.Length)];
            ReadOnlySequence<byte> sequence = HostilePayloads.Sequence(random, hostile.Payload);
            accepted += hostile.IsRead(family.Name, () => family.Decode(sequence)) ? 1 : 0;
        }

        Tell(accepted);
    }

    [Theory, InlineData(3), InlineData(4)]
    public void A_reader_reads_values_or_refuses(int seed)
    {
        Random random = new(seed);
        int accepted = 0;
        for (int i = 0; i < HostileCase.Count / 4; i++)
        {
            HostileCase hostile = new(seed, i, Payloads.Next(random));
            int first = random.Next(Reads.Length);
            ReadOnlySequence<byte> sequence = HostilePayloads.Sequence(random, hostile.Payload);
            accepted += hostile.IsRead("reader", () => ReadAll(sequence, first)) ? 1 : 0;
        }

        Tell(accepted);
    }

    private void Tell(int accepted)
    {
        output.WriteLine(FormattableString.Invariant($"{HostileCase.Count / 4} payloads, {accepted} of them values"));
        Assert.True(accepted > HostileCase.Count / 4 / 25, $"only {accepted} payloads were values");
    }

    private static void ReadAll(ReadOnlySequence<byte> payload, int first)
    {
        MessagePackReader reader = new(payload);
        for (int i = 0; i < 8 && !reader.End; i++)
            Reads[(first + (i * 7)) % Reads.Length](ref reader);
    }
}
