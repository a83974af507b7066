using System.Globalization;

namespace CachedAttr.Consistency;

/// <summary>What a process of the harness is started with: <c>name=value</c> each.</summary>
public sealed class NodeOptions
{
    private readonly Dictionary<string, string> _values;

    public NodeOptions(IEnumerable<string> arguments) =>
        _values = arguments.Select(argument => argument.Split('=', 2)).ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>The shared file of the truth.</summary>
    public string Truth => _values["truth"];

    /// <summary>Where Redis is.</summary>
    public string Redis => _values["redis"];

    /// <summary>The file of SQLite, if that is the backend.</summary>
    public string? Sqlite => _values.GetValueOrDefault("sqlite");

    /// <summary>The connection string of PostgreSQL, if that is the backend.</summary>
    public string? Postgres => _values.GetValueOrDefault("postgres");

    public string Prefix => _values["prefix"];

    public int Seed => Number("seed", 1);

    /// <summary>Which of the processes this is.</summary>
    public int Node => Number("node", 0);

    public int Nodes => Number("nodes", 1);

    /// <summary>How far its wall clock is off, in seconds.</summary>
    public int ClockOffset => Number("clock", 0);

    public string Guard => _values.GetValueOrDefault("without", "");

    /// <summary>Whether it does nothing but what it is told.</summary>
    public bool IsIdle => _values.ContainsKey("idle");

    /// <summary>Whether no notification reaches it.</summary>
    public bool IsDeaf => _values.ContainsKey("deaf");

    /// <summary>Whether its monotonic clock stands still, as that of a suspended virtual machine.</summary>
    public bool IsFrozen => _values.ContainsKey("frozen");

    /// <summary>How often it reads the log, in seconds.</summary>
    public int Heartbeat => Number("heartbeat", 1);

    public bool IsStrict => _values.ContainsKey("strict");

    /// <summary>Entries of one method in the local tier.</summary>
    public int LocalCapacity => Number("capacity", 10_000);

    /// <summary>The longest load, in seconds: short, so that what is forgotten after it is forgotten during the test.</summary>
    public double MaxLoad => Number("maxload", 1);

    private int Number(string name, int otherwise) => _values.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
