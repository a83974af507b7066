namespace ServerRegistry.Tour;

/// <summary>The times of some calls of one operation, and how many queries they ran.</summary>
internal sealed class Samples
{
    private readonly List<double> _microseconds = [];

    public int Count => _microseconds.Count;

    public long Queries { get; private set; }

    public double P50 => _microseconds.Order().ElementAt(Count / 2);

    public void Add(double microseconds, long queries)
    {
        _microseconds.Add(microseconds);
        Queries += queries;
    }

    public void Clear()
    {
        _microseconds.Clear();
        Queries = 0;
    }
}
