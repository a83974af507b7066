namespace CachedAttr.Keys;

/// <summary>A set of UTF-16 code units, as ascending ranges that do not touch.</summary>
internal sealed class CharSet
{
    private readonly (char First, char Last)[] _ranges;

    private CharSet((char First, char Last)[] ranges) => _ranges = ranges;

    public static CharSet All { get; } = new([(char.MinValue, char.MaxValue)]);

    /// <summary>What a hole's text is made of: everything but what is escaped in it. The percent sign stays, because escapes begin with it.</summary>
    public static CharSet Hole { get; } = Of([.. Enumerable.Range(0, char.MaxValue + 1).Select(i => (char)i).Where(IsHole).Select(c => (c, c))], negated: false);

    public static CharSet Single(char c) => new([(c, c)]);

    public static CharSet Of(List<(char First, char Last)> ranges, bool negated)
    {
        ranges.Sort();
        var merged = new List<(char First, char Last)>();
        foreach (var range in ranges)
        {
            if (merged.Count > 0 && range.First <= merged[^1].Last + 1)
                merged[^1] = (merged[^1].First, (char)Math.Max(merged[^1].Last, range.Last));
            else
                merged.Add(range);
        }

        return new CharSet(negated ? Complement(merged) : [.. merged]);
    }

    public bool IsEmpty => _ranges.Length == 0;

    public bool Contains(char c)
    {
        foreach (var (first, last) in _ranges)
        {
            if (c <= last)
                return c >= first;
        }

        return false;
    }

    public bool Intersects(CharSet other)
    {
        int i = 0, j = 0;
        while (i < _ranges.Length && j < other._ranges.Length)
        {
            if (_ranges[i].Last < other._ranges[j].First)
                i++;
            else if (other._ranges[j].Last < _ranges[i].First)
                j++;
            else
                return true;
        }

        return false;
    }

    // Surrogates stay: in pairs they are not escaped.
    private static bool IsHole(char c) => c == '%' || char.IsSurrogate(c) || !KeyEscape.IsSpecial(c);

    private static (char First, char Last)[] Complement(List<(char First, char Last)> ranges)
    {
        var gaps = new List<(char First, char Last)>();
        int next = char.MinValue;
        foreach (var (first, last) in ranges)
        {
            if (first > next)
                gaps.Add(((char)next, (char)(first - 1)));
            next = last + 1;
        }

        if (next <= char.MaxValue)
            gaps.Add(((char)next, char.MaxValue));
        return [.. gaps];
    }
}
