namespace CachedAttr.Analyzers.Languages;

/// <summary>A regular language: what texts a value can have.</summary>
internal abstract class Language
{
    /// <summary>Adds the language behind a state, and returns the state in which its texts end.</summary>
    public abstract int Build(Automaton automaton, int from, TextForm form);

    public static Language Of(CharSet set) => new Character(set);

    public static Language Of(string text) => new Sequence([.. text.Select(c => Of(CharSet.Single(c)))]);

    public static Language Then(params Language[] items) => new Sequence(items);

    public static Language Either(params Language[] choices) => new Choice(choices);

    public static Language Optional(Language item) => new Repetition(item, 0, 1);

    public static Language Times(int count, Language item) => new Repetition(item, count, count);

    public static Language AtMost(int count, Language item) => new Repetition(item, 0, count);

    public static Language AtLeast(int count, Language item) => new Repetition(item, count, null);

    /// <summary>A language whose characters stand in a form of their own, whatever is around them.</summary>
    public static Language In(TextForm form, Language item) => new Formed(item, form);

    private sealed class Formed(Language item, TextForm own) : Language
    {
        public override int Build(Automaton automaton, int from, TextForm form) => item.Build(automaton, from, own);
    }

    private sealed class Character(CharSet set) : Language
    {
        public override int Build(Automaton automaton, int from, TextForm form)
        {
            int to = automaton.AddState();
            form.Write(automaton, from, set, to);
            return to;
        }
    }

    private sealed class Sequence(IReadOnlyList<Language> items) : Language
    {
        public override int Build(Automaton automaton, int from, TextForm form) => items.Aggregate(from, (state, item) => item.Build(automaton, state, form));
    }

    private sealed class Choice(IReadOnlyList<Language> choices) : Language
    {
        public override int Build(Automaton automaton, int from, TextForm form)
        {
            int end = automaton.AddState();
            foreach (var choice in choices)
            {
                int start = automaton.AddState();
                automaton.AddShortcut(from, start);
                automaton.AddShortcut(choice.Build(automaton, start, form), end);
            }

            return end;
        }
    }

    private sealed class Repetition(Language item, int min, int? max) : Language
    {
        public override int Build(Automaton automaton, int from, TextForm form)
        {
            int state = from;
            for (int i = 0; i < min; i++)
                state = item.Build(automaton, state, form);
            int end = automaton.AddState();
            automaton.AddShortcut(state, end);
            for (int i = min; i < max; i++)
            {
                state = item.Build(automaton, state, form);
                automaton.AddShortcut(state, end);
            }

            if (max is null)
            {
                int start = automaton.AddState();
                automaton.AddShortcut(end, start);
                automaton.AddShortcut(item.Build(automaton, start, form), end);
            }

            return end;
        }
    }
}
