namespace CachedAttr.Analyzers.Languages;

/// <summary>A language made coarser: literal characters, single characters of a set, and runs of them. It costs little to see that two have nothing in common.</summary>
internal sealed class Outline
{
    private static readonly CharSet HoleCharacters = CharSet.Single(':').Complement();

    private readonly List<Step> _steps = [];
    private string? _head;
    private string? _tail;

    /// <summary>What all texts begin with.</summary>
    public string Head => _head ??= string.Concat(_steps.TakeWhile(step => step.Literal is not null).Select(step => step.Literal));

    private string Tail => _tail ??= string.Concat(_steps.AsEnumerable().Reverse()
        .TakeWhile(step => step.Literal is not null).Reverse().Select(step => step.Literal));

    public void Add(string literal) => _steps.AddRange(literal.Select(c => new Step(c, CharSet.Single(c), false)));

    /// <summary>One character.</summary>
    public void Add(CharSet set) => _steps.Add(new(null, set, false));

    /// <summary>Any run of characters.</summary>
    public void AddAnything() => _steps.Add(new(null, CharSet.All, true));

    /// <summary>An argument: at least one character, and no <c>:</c>.</summary>
    public void AddHole()
    {
        _steps.Add(new(null, HoleCharacters, false));
        _steps.Add(new(null, HoleCharacters, true));
    }

    /// <summary>Whether two may have a text in common; if not, they certainly have none.</summary>
    public static bool MayMeet(Outline one, Outline other)
    {
        if (!AreAlike(one.Head, 0, other.Head, 0, Math.Min(one.Head.Length, other.Head.Length)))
            return false;
        int tail = Math.Min(one.Tail.Length, other.Tail.Length);
        return AreAlike(one.Tail, one.Tail.Length - tail, other.Tail, other.Tail.Length - tail, tail) && Meet(one._steps, other._steps);
    }

    private static bool AreAlike(string one, int oneStart, string other, int otherStart, int length) =>
        string.CompareOrdinal(one, oneStart, other, otherStart, length) == 0;

    // From the end: row[j] says whether the rests from i and from j have a text in common.
    private static bool Meet(List<Step> one, List<Step> other)
    {
        bool[] row = new bool[other.Count + 1], below = new bool[other.Count + 1];
        for (int i = one.Count; i >= 0; i--)
        {
            for (int j = other.Count; j >= 0; j--)
                row[j] = Meet(one, other, i, j, row, below);
            (row, below) = (below, row);
        }

        return below[0];
    }

    private static bool Meet(List<Step> one, List<Step> other, int i, int j, bool[] row, bool[] below)
    {
        if (i == one.Count)
            return j == other.Count || (other[j].Repeats && row[j + 1]);
        if (one[i].Repeats && below[j])
            return true;
        if (j == other.Count)
            return false;
        if (other[j].Repeats && row[j + 1])
            return true;
        bool next = one[i].Repeats ? !other[j].Repeats && row[j + 1] : other[j].Repeats ? below[j] : below[j + 1];
        return next && one[i].Meets(other[j]);
    }

    private readonly record struct Step(char? Literal, CharSet Set, bool Repeats)
    {
        public bool Meets(Step other) => Literal is { } literal
            ? other.Literal is { } own ? literal == own : other.Set.Contains(literal)
            : other.Literal is { } single ? Set.Contains(single) : Set.Common(other.Set) is not null;
    }
}
