namespace CachedAttr.Analyzers.Languages;

/// <summary>Decides whether two languages have a text in common, by walking through the product of their automata.</summary>
internal static class Intersection
{
    /// <summary>A shortest text of both; null if there is none.</summary>
    public static string? Find(Automaton one, Automaton other) => new Walk(one, other).Find();

    // Breadth first by length: steps that take no character belong to the same length.
    private sealed class Walk(Automaton one, Automaton other)
    {
        // For each pair of states, the pair before it plus one; 0: not reached.
        private readonly int[] _from = new int[one.Count * other.Count];
        private readonly char[] _taken = new char[one.Count * other.Count];
        private Queue<int> _level = new();
        private Queue<int> _next = new();

        public string? Find()
        {
            int end = (one.End * other.Count) + other.End;
            _from[0] = 1;
            _level.Enqueue(0);
            while (_level.Count > 0)
            {
                while (_level.Count > 0)
                {
                    int at = _level.Dequeue();
                    if (at == end)
                        return Text(end);
                    Step(at);
                }

                (_level, _next) = (_next, _level);
            }

            return null;
        }

        private void Step(int at)
        {
            int first = at / other.Count, second = at % other.Count;
            foreach (var (set, target) in one.Of(first))
            {
                if (set is null)
                    Visit(at, target, second, '\0', _level);
                else
                    Step(at, set, target, second);
            }

            foreach (var (set, target) in other.Of(second))
            {
                if (set is null)
                    Visit(at, first, target, '\0', _level);
            }
        }

        private void Step(int at, CharSet set, int target, int second)
        {
            foreach (var (otherSet, otherTarget) in other.Of(second))
            {
                if (otherSet is not null && _from[(target * other.Count) + otherTarget] == 0 && set.Common(otherSet) is { } common)
                    Visit(at, target, otherTarget, common, _next);
            }
        }

        private void Visit(int at, int first, int second, char taken, Queue<int> queue)
        {
            int to = (first * other.Count) + second;
            if (_from[to] != 0)
                return;
            _from[to] = at + 1;
            _taken[to] = taken;
            queue.Enqueue(to);
        }

        private string Text(int end)
        {
            var characters = new List<char>();
            for (int at = end; at != 0; at = _from[at] - 1)
            {
                // No text has a character 0: it is a control character, and those are escaped.
                if (_taken[at] != '\0')
                    characters.Add(_taken[at]);
            }

            characters.Reverse();
            return new([.. characters]);
        }
    }
}
