namespace CachedAttr.Analyzers.Languages;

/// <summary>A nondeterministic finite automaton over UTF-16 code units: what keys a template can make, or a pattern match.</summary>
/// <remarks>Not changed once it is built; from then on it can be used by several threads.</remarks>
internal sealed class Automaton
{
    private readonly List<List<Edge>> _states = [[]];

    /// <summary>The state in which a text ends that belongs to the language.</summary>
    public int End { get; private set; }

    public int Count => _states.Count;

    /// <summary>What leads away from a state.</summary>
    public IReadOnlyList<Edge> Of(int state) => _states[state];

    public static Automaton Of(Language language, TextForm form)
    {
        var automaton = new Automaton();
        automaton.Append(language, form);
        return automaton;
    }

    /// <summary>Continues every text with one of a language.</summary>
    public void Append(Language language, TextForm form) => End = language.Build(this, End, form);

    public int AddState()
    {
        _states.Add([]);
        return _states.Count - 1;
    }

    public void AddEdge(int from, CharSet set, int to) => _states[from].Add(new(set, to));

    /// <summary>A way from one state to another that takes no character.</summary>
    public void AddShortcut(int from, int to) => _states[from].Add(new(null, to));

    /// <summary>A step to another state.</summary>
    /// <param name="Set">The characters that it takes; null: none.</param>
    /// <param name="Target">The other state.</param>
    internal readonly record struct Edge(CharSet? Set, int Target);
}
