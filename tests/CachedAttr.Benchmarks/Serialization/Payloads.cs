using System.Globalization;
using System.Text.Json.Serialization;

namespace CachedAttr.Benchmarks.Serialization;

/// <summary>What a registry caches about one server: about 1 KB of JSON.</summary>
public sealed record ServerRecord(
    int Id,
    Guid Key,
    string Name,
    string Description,
    ServerState State,
    DateTime Created,
    DateTime? Deprecated,
    long Downloads,
    double Rating,
    decimal Price,
    bool Verified,
    Owner Owner,
    List<string> Tags,
    Dictionary<string, string> Labels,
    List<Release> Releases);

public enum ServerState
{
    Draft,
    Active,
    Retired,
}

public sealed record Owner(int Id, string Name, string? Mail);

public sealed record Release(int Major, int Minor, int Patch, DateTime Published, long Size);

/// <summary>One element of the list of about 20 KB of JSON.</summary>
public sealed record Tool(int Id, string Name, string Description, int Calls, int Errors, double MeanMilliseconds, bool Enabled, DateTime LastUsed);

[JsonSerializable(typeof(ServerRecord))]
[JsonSerializable(typeof(List<Tool>))]
public sealed partial class PayloadJson : JsonSerializerContext;

public static class Payloads
{
    private static readonly DateTime Day = new(2026, 3, 14, 9, 26, 53, DateTimeKind.Utc);

    public static ServerRecord Record { get; } = new(
        48213,
        new Guid("6f9619ff-8b86-d011-b42d-00c04fc964ff"),
        "weather-forecast",
        "Hourly and daily forecasts for any place on earth, with warnings of the national services and radar images.",
        ServerState.Active,
        Day,
        null,
        1_204_577,
        4.75,
        12.90m,
        true,
        new Owner(77, "Open Meteorology", "team@meteo.example"),
        ["weather", "forecast", "radar", "geo"],
        new Dictionary<string, string> { ["region"] = "eu-west", ["tier"] = "gold", ["runtime"] = "dotnet", ["license"] = "MIT" },
        [.. Enumerable.Range(0, 6).Select(i => new Release(2, 4 + i, i * 3, Day.AddDays(i * 21), 1_830_112 + (i * 4099)))]);

    public static List<Tool> Tools { get; } =
    [
        .. Enumerable.Range(0, 105).Select(i => new Tool(
            1000 + i,
            string.Create(CultureInfo.InvariantCulture, $"get_forecast_{i}"),
            "Returns the forecast for a place and a day.",
            (i * 7919) % 100_000,
            i % 11,
            0.1 + (i * 13.7),
            i % 3 != 0,
            Day.AddSeconds(i * 3607))),
    ];
}
