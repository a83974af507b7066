namespace CachedAttr.Analyzers.Languages;

/// <summary>A set of UTF-16 code units, as ascending ranges that do not touch.</summary>
internal sealed class CharSet
{
    // What an example key is best made of.
    private const string Pleasant = "a1b2cdefghijklmnopqrstuvwxyz03456789A";

    private readonly (char First, char Last)[] _ranges;

    private char? _pleasant;

    private CharSet((char First, char Last)[] ranges) => _ranges = ranges;

    public static CharSet All { get; } = Range(char.MinValue, char.MaxValue);

    public static CharSet Digits { get; } = Range('0', '9');

    public bool IsEmpty => _ranges.Length == 0;

    public static CharSet Range(char first, char last) => new([(first, last)]);

    public static CharSet Of(IEnumerable<char> characters) => Union(characters.Select(c => (c, c)));

    public static CharSet Where(Func<char, bool> isIn)
    {
        var ranges = new List<(char First, char Last)>();
        for (int i = 0; i <= char.MaxValue; i++)
        {
            if (!isIn((char)i))
                continue;
            int first = i;
            while (i < char.MaxValue && isIn((char)(i + 1)))
                i++;
            ranges.Add(((char)first, (char)i));
        }

        return new([.. ranges]);
    }

    public static CharSet Union(IEnumerable<(char First, char Last)> ranges)
    {
        var merged = new List<(char First, char Last)>();
        foreach (var range in ranges.OrderBy(range => range.First))
        {
            if (merged.Count > 0 && range.First <= merged[merged.Count - 1].Last + 1)
                merged[merged.Count - 1] = (merged[merged.Count - 1].First, (char)Math.Max(merged[merged.Count - 1].Last, range.Last));
            else
                merged.Add(range);
        }

        return new([.. merged]);
    }

    public static CharSet Single(char c) => Range(c, c);

    public bool Contains(char c)
    {
        foreach (var (first, last) in _ranges)
        {
            if (c <= last)
                return c >= first;
        }

        return false;
    }

    public CharSet Complement()
    {
        var gaps = new List<(char First, char Last)>();
        int next = char.MinValue;
        foreach (var (first, last) in _ranges)
        {
            if (first > next)
                gaps.Add(((char)next, (char)(first - 1)));
            next = last + 1;
        }

        if (next <= char.MaxValue)
            gaps.Add(((char)next, char.MaxValue));
        return new([.. gaps]);
    }

    public CharSet Except(CharSet other) => Intersect(other.Complement());

    public CharSet Intersect(CharSet other)
    {
        if (ReferenceEquals(this, other))
            return this;
        var common = new List<(char First, char Last)>();
        for (int i = 0, j = 0; i < _ranges.Length && j < other._ranges.Length;)
        {
            char first = (char)Math.Max(_ranges[i].First, other._ranges[j].First), last = (char)Math.Min(_ranges[i].Last, other._ranges[j].Last);
            if (first <= last)
                common.Add((first, last));
            if (_ranges[i].Last < other._ranges[j].Last)
                i++;
            else
                j++;
        }

        return new([.. common]);
    }

    /// <summary>A character of both sets, one that reads well if there is one; null if they have none in common.</summary>
    public char? Common(CharSet other)
    {
        if (_ranges.Length == 1 && _ranges[0].First == _ranges[0].Last)
            return other.Contains(_ranges[0].First) ? _ranges[0].First : null;
        if (other._ranges.Length == 1 && other._ranges[0].First == other._ranges[0].Last)
            return Contains(other._ranges[0].First) ? other._ranges[0].First : null;
        if (ReferenceEquals(this, other))
            return _pleasant ??= CommonWith(this);
        return CommonWith(other);
    }

    private char? CommonWith(CharSet other)
    {
        foreach (char c in Pleasant)
        {
            if (Contains(c) && other.Contains(c))
                return c;
        }

        var common = Intersect(other);
        return common.IsEmpty ? null : common._ranges[0].First;
    }
}
