namespace CachedAttr.Keys;

/// <summary>One step of a pattern or template: one character of a set, or any number of them.</summary>
internal readonly record struct GlobToken(CharSet Set, bool Repeats)
{
    /// <summary>Whether some text is matched by both sequences: decided exactly, by walking through their product.</summary>
    public static bool Intersect(ReadOnlySpan<GlobToken> a, ReadOnlySpan<GlobToken> b)
    {
        // possible[j]: the rests a[i..] and b[j..] have a text in common; rows for i and i + 1, from the end.
        Span<bool> below = b.Length < 256 ? stackalloc bool[b.Length + 1] : new bool[b.Length + 1];
        Span<bool> row = b.Length < 256 ? stackalloc bool[b.Length + 1] : new bool[b.Length + 1];
        for (int i = a.Length; i >= 0; i--)
        {
            for (int j = b.Length; j >= 0; j--)
                row[j] = Step(a, b, i, j, row, below);
            row.CopyTo(below);
        }

        return row[0];
    }

    private static bool Step(ReadOnlySpan<GlobToken> a, ReadOnlySpan<GlobToken> b, int i, int j, ReadOnlySpan<bool> row, ReadOnlySpan<bool> below)
    {
        if (i == a.Length)
            return j == b.Length || (b[j].Repeats && row[j + 1]);
        if (a[i].Repeats && below[j])
            return true;
        if (j == b.Length)
            return false;
        if (b[j].Repeats && row[j + 1])
            return true;

        // One character for both; where both repeat, that leads back here.
        bool next = (a[i].Repeats, b[j].Repeats) switch
        {
            (false, false) => below[j + 1],
            (false, true) => below[j],
            (true, false) => row[j + 1],
            _ => false,
        };
        return next && a[i].Set.Intersects(b[j].Set);
    }
}
