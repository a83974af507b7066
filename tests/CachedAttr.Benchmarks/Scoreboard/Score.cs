using System.Globalization;

namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>One line of the scoreboard: a figure of this machine, and what it should be.</summary>
/// <param name="What">What was measured, against what.</param>
/// <param name="Value">The figure: a ratio where nothing else is said.</param>
/// <param name="Goal">What it should be; null for a figure without a goal.</param>
internal sealed record Score(string What, double Value, Goal? Goal = null)
{
    /// <summary>The unit, if it is no ratio.</summary>
    public string Unit { get; init; } = "";

    /// <summary>What else is to be known: absolute figures, which are no goals.</summary>
    public string Note { get; init; } = "";

    public string Figure => Value.ToString("0.00#", CultureInfo.InvariantCulture) + Unit;

    public string Verdict => Goal is null ? "" : Goal.Holds(Value) ? "holds" : "does not hold";
}

/// <summary>A bound.</summary>
internal sealed record Goal(string Sign, double Bound)
{
    public static Goal AtMost(double bound) => new("at most ", bound);

    public static Goal AtLeast(double bound) => new("at least ", bound);

    public bool Holds(double value) => Sign == "at most " ? value <= Bound : value >= Bound;

    public override string ToString() => Sign + Bound.ToString("0.0##", CultureInfo.InvariantCulture);
}
