using System.Buffers;
using CachedAttr.Serialization;
using SerializationHarness;

namespace CachedAttr.Tests.Serialization;

/// <summary>A formatter with a source of random values for it.</summary>
internal abstract class Family(string name)
{
    public string Name { get; } = name;

    public abstract byte[] Encode(int seed);

    public abstract void Decode(in ReadOnlySequence<byte> payload);

    /// <summary>What is wrong with the value of this seed; null if all is right.</summary>
    public abstract string? Check(int seed);

    public abstract ulong Fingerprint();
}

internal sealed class Family<T, TFormatter>(string name, Func<RandomValues, T> make) : Family(name)
    where TFormatter : struct, IMessagePackFormatter<T>
{
    public override byte[] Encode(int seed) => Codec.Encode<T, TFormatter>(make(new RandomValues(seed)));

    public override void Decode(in ReadOnlySequence<byte> payload)
    {
        MessagePackReader reader = new(payload);
        _ = TFormatter.Read(ref reader);
    }

    public override string? Check(int seed)
    {
        T value = make(new RandomValues(seed));
        byte[] payload = Codec.Encode<T, TFormatter>(value);
        if (!payload.AsSpan().SequenceEqual(Codec.Encode<T, TFormatter>(value)))
            return "encoding is not deterministic";

        T contiguous = Codec.Decode<T, TFormatter>(payload);
        if (!Sameness.Same(value, contiguous))
            return $"was {value}, came back as {contiguous}";
        if (payload.Length > 0 && !Sameness.Same(value, Codec.Decode<T, TFormatter>(Segments.Split(payload, seed % payload.Length))))
            return "two segments made a difference";

        MessagePackReader reader = new(payload);
        reader.Skip();
        return reader.End ? null : "skipping left bytes behind";
    }

    public override ulong Fingerprint() => SchemaBuilder.FingerprintOf<T, TFormatter>();
}
