namespace CachedAttr.Analyzers.Languages;

/// <summary>Decides whether two languages have a text in common, by walking through the product of their automata.</summary>
internal static class Intersection
{
    /// <summary>A shortest text of both; null if there is none.</summary>
    public static string? Find(Automaton one, Automaton other)
    {
        // Breadth first by length: steps that take no character belong to the same length.
        var came = new Dictionary<(int, int), ((int, int) From, char? Taken)>();
        var level = new Queue<(int, int)>();
        var next = new Queue<(int, int)>();
        came.Add((0, 0), default);
        level.Enqueue((0, 0));
        while (level.Count > 0)
        {
            while (level.Count > 0)
            {
                var at = level.Dequeue();
                if (at.Item1 == one.End && at.Item2 == other.End)
                    return Text(came, at);
                Step(one, other, at, came, level, next);
            }

            (level, next) = (next, level);
        }

        return null;
    }

    private static void Step(
        Automaton one, Automaton other, (int One, int Other) at,
        Dictionary<(int, int), ((int, int) From, char? Taken)> came, Queue<(int, int)> level, Queue<(int, int)> next)
    {
        foreach (var (set, target) in one.Of(at.One))
        {
            if (set is null)
                Visit((target, at.Other), null, level);
            else
                Both(set, target);
        }

        foreach (var (set, target) in other.Of(at.Other))
        {
            if (set is null)
                Visit((at.One, target), null, level);
        }

        void Both(CharSet set, int target)
        {
            foreach (var (otherSet, otherTarget) in other.Of(at.Other))
            {
                if (otherSet is not null && set.Common(otherSet) is { } common)
                    Visit((target, otherTarget), common, next);
            }
        }

        void Visit((int, int) to, char? taken, Queue<(int, int)> queue)
        {
            if (came.ContainsKey(to))
                return;
            came.Add(to, (at, taken));
            queue.Enqueue(to);
        }
    }

    private static string Text(Dictionary<(int, int), ((int, int) From, char? Taken)> came, (int, int) end)
    {
        var characters = new List<char>();
        for (var at = end; at != (0, 0); at = came[at].From)
        {
            if (came[at].Taken is { } taken)
                characters.Add(taken);
        }

        characters.Reverse();
        return new([.. characters]);
    }
}
