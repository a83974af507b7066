using System.Runtime.InteropServices;

namespace CachedAttr.Serialization;

/// <summary>An instant as MessagePack's timestamp extension (type -1) holds it.</summary>
/// <param name="Seconds">Seconds since 1970-01-01T00:00:00Z, negative before.</param>
/// <param name="Nanoseconds">Nanoseconds after <paramref name="Seconds"/>, less than 1,000,000,000.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MessagePackTimestamp(long Seconds, uint Nanoseconds)
{
    /// <summary>One more than the largest <see cref="Nanoseconds"/>.</summary>
    internal const uint NanosecondsPerSecond = 1_000_000_000;

    private const long UnixEpochSeconds = 62_135_596_800;
    private const long MaxSeconds = 253_402_300_799;
    private const uint NanosecondsPerTick = 100;

    /// <summary>The instant at the given ticks (100 ns since 0001-01-01T00:00:00Z).</summary>
    /// <param name="utcTicks">Ticks as <see cref="DateTime.Ticks"/> counts them.</param>
    /// <returns>The same instant, exactly.</returns>
    public static MessagePackTimestamp FromTicks(long utcTicks)
    {
        // Ticks are never negative, and dividing without a sign is the cheaper division.
        ulong seconds = (ulong)utcTicks / (ulong)TimeSpan.TicksPerSecond;
        uint ticks = (uint)((ulong)utcTicks - (seconds * (ulong)TimeSpan.TicksPerSecond));
        return new MessagePackTimestamp((long)seconds - UnixEpochSeconds, ticks * NanosecondsPerTick);
    }

    /// <summary>The instant in ticks; what a timestamp of another writer has below 100 ns is cut off.</summary>
    /// <returns>Ticks as <see cref="DateTime.Ticks"/> counts them.</returns>
    /// <exception cref="MessagePackException">The instant is outside of what <see cref="DateTime"/> can hold.</exception>
    public long ToTicks()
    {
        if (Seconds is < -UnixEpochSeconds or > MaxSeconds || Nanoseconds >= NanosecondsPerSecond)
            MessagePackException.ThrowValue("DateTime");
        return (Seconds + UnixEpochSeconds) * TimeSpan.TicksPerSecond + Nanoseconds / NanosecondsPerTick;
    }
}
