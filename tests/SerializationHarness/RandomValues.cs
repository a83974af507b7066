using System.Globalization;
using System.Numerics;
using System.Text;

namespace SerializationHarness;

/// <summary>Values from a seed, edges preferred: any 64 bits as any type, and text of all kinds.</summary>
public sealed class RandomValues(int seed)
{
    private static readonly string[] Texts = ["", "a", "caf\u00e9", "\u65e5\u672c", "\U0001f600", "\0", "\ud800", "x\udc00y", "a\u0301", "\ufeff"];

    public Random Random { get; } = new(seed);

    public long Int64()
    {
        // Any number of significant bits, so that all encodings come up, and their boundaries.
        long value = Random.NextInt64(long.MinValue, long.MaxValue) >> Random.Next(64);
        return Random.Next(4) == 0 ? (1L << Random.Next(64)) + Random.Next(-1, 2) : value;
    }

    public int Int32() => (int)Int64();

    public bool Bool() => Random.Next(2) == 0;

    public double Double() => Random.Next(8) switch
    {
        0 => double.NaN,
        1 => -0.0,
        2 => double.NegativeInfinity,
        3 => double.Epsilon,
        4 => Random.Next(-1000, 1000),
        _ => BitConverter.Int64BitsToDouble(Random.NextInt64(long.MinValue, long.MaxValue)),
    };

    public decimal Decimal() =>
        new(Random.Next(), Random.Next(2) * Random.Next(), Random.Next(3) == 0 ? -1 : 0, Random.Next(2) == 0, (byte)Random.Next(29));

    public Int128 Int128() => new Int128((ulong)Int64(), (ulong)Int64()) >> Random.Next(128);

    public BigInteger BigInteger()
    {
        byte[] bytes = new byte[Random.Next(1, Random.Next(8) == 0 ? 600 : 20)];
        Random.NextBytes(bytes);
        return new BigInteger(bytes);
    }

    public long Ticks(long max) => Random.Next(4) switch
    {
        0 => 0,
        1 => max,
        2 => Random.NextInt64(max) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond,
        _ => Random.NextInt64(max + 1),
    };

    public DateTime DateTime() => new(Ticks(System.DateTime.MaxValue.Ticks), (DateTimeKind)Random.Next(3));

    public DateTimeOffset DateTimeOffset()
    {
        TimeSpan offset = TimeSpan.FromMinutes(Random.Next(-840, 841));
        long ticks = Math.Clamp(Ticks(System.DateTime.MaxValue.Ticks), TimeSpan.TicksPerDay, System.DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay);
        return new DateTimeOffset(ticks, offset);
    }

    public Guid Guid() => new(Bytes(16));

    public byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        Random.NextBytes(bytes);
        return bytes;
    }

    public int Length() => Random.Next(30) == 0 ? Random.Next(300) : Random.Next(6);

    public string String()
    {
        StringBuilder text = new();
        for (int i = Length(); i > 0; i--)
            text.Append(Random.Next(3) == 0 ? Texts[Random.Next(Texts.Length)] : ((char)Random.Next(' ', '~')).ToString());
        return text.ToString();
    }

    public string? StringOrNull() => Random.Next(5) == 0 ? null : String();

    public Uri? Uri()
    {
        string[] texts = ["https://example.org/a?b=c#d", "/tmp/x", "a/b", "http://EXAMPLE.org:80/%7euser", "mailto:x@y.z",
            "file:///tmp", "caf\u00e9", ""];
        string text = texts[Random.Next(texts.Length)];
        UriKind kind = Random.Next(2) == 0 ? UriKind.RelativeOrAbsolute : UriKind.Relative;
        return System.Uri.TryCreate(text, kind, out Uri? uri) ? uri : null;
    }

    public Version? Version() => Random.Next(4) switch
    {
        0 => null,
        1 => new(Random.Next(), Random.Next()),
        2 => new(Random.Next(9), Random.Next(9), Random.Next()),
        _ => new(int.MaxValue, int.MaxValue, int.MaxValue, Random.Next()),
    };

    public T[] Array<T>(Func<T> element)
    {
        T[] elements = new T[Length()];
        for (int i = 0; i < elements.Length; i++)
            elements[i] = element();
        return elements;
    }

    public int[] Ints() => Array(Int32);

    public T[,] Grid<T>(Func<T> element)
    {
        T[,] grid = new T[Random.Next(4), Random.Next(4)];
        for (int i = 0; i < grid.Length; i++)
            grid[i / grid.GetLength(1), i % grid.GetLength(1)] = element();
        return grid;
    }

    public Dictionary<string, int> Map() => Map(String, Int32);

    public Dictionary<TKey, TValue> Map<TKey, TValue>(Func<TKey> key, Func<TValue> value)
        where TKey : notnull
    {
        Dictionary<TKey, TValue> map = [];
        for (int i = Length(); i > 0; i--)
            map[key()] = value();
        return map;
    }

    /// <summary>Text that every culture orders, and takes for equal to no other.</summary>
    public string Word() => Random.Next(1_000_000).ToString("x", CultureInfo.InvariantCulture);

    public T? Maybe<T>(Func<T> value)
        where T : struct => Random.Next(3) == 0 ? null : value();

    public T? OrNull<T>(Func<T> value)
        where T : class => Random.Next(8) == 0 ? null : value();
}
