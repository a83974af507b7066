using CachedAttr.Keys;

namespace CachedAttr.Tests.Keys;

/// <summary>The process's time zone is changed here, so these tests run alone.</summary>
[CollectionDefinition(nameof(TimeZoneTests), DisableParallelization = true)]
[Collection(nameof(TimeZoneTests))]
public sealed class TimeZoneTests : IDisposable
{
    private readonly string? _before = Environment.GetEnvironmentVariable("TZ");

    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/St_Johns")]
    [InlineData("Pacific/Kiritimati")]
    public void The_same_moment_has_the_same_key_in_every_time_zone(string zone)
    {
        SetTimeZone(zone);
        var moment = new DateTime(2026, 7, 1, 12, 0, 0, DateTimeKind.Utc);

        Assert.Equal("2026-07-01T12%3A00%3A00.0000000Z", Key(moment));
        Assert.Equal("2026-07-01T12%3A00%3A00.0000000ZL", Key(moment.ToLocalTime()));
        Assert.Equal("2026-07-01T12%3A00%3A00.0000000", Key(DateTime.SpecifyKind(moment, DateTimeKind.Unspecified)));
        Assert.True(new KeyReader(Key(moment.ToLocalTime())).TryRead<DateTime>(out var back));
        Assert.Equal(moment.ToLocalTime(), back);
        Assert.Equal(DateTimeKind.Local, back.Kind);
    }

    public void Dispose() => SetTimeZone(_before);

    private static void SetTimeZone(string? zone)
    {
        Environment.SetEnvironmentVariable("TZ", zone);
        TimeZoneInfo.ClearCachedData();
    }

    private static string Key(DateTime value)
    {
        var writer = new KeyWriter(stackalloc char[64]);
        writer.Append(value);
        string key = writer.ToString();
        writer.Dispose();
        return key;
    }
}
