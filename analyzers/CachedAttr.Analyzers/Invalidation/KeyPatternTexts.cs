using CachedAttr.Analyzers.KeySpaces;
using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Model;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>What a pattern matches, over all arguments that its holes can have.</summary>
/// <param name="Head">What all that it matches begins with.</param>
/// <param name="Texts">All that it matches.</param>
internal sealed record KeyPatternTexts(string Head, Automaton Texts)
{
    public static KeyPatternTexts Of(PatternModel pattern)
    {
        var texts = new Automaton();
        string head = "";
        bool isHead = true;
        foreach (var segment in pattern.Segments)
        {
            if (segment.Literal is { } literal)
            {
                texts.Append(Glob.Parse(literal), TextForm.Verbatim);
                if (isHead)
                    head += Glob.Head(literal, out isHead);
            }
            else
            {
                texts.Append(HoleTexts.Of(segment.Hole!, segment.Delimiter, []).Texts, TextForm.Verbatim);
                isHead = false;
            }
        }

        return new(head, texts);
    }

    /// <summary>Whether some key of a method is matched.</summary>
    public bool Matches(CachedKey key) => KeySpace.HaveSameHead(Head, key.Head) && Intersection.Find(Texts, key.Texts.Value) is not null;

    /// <summary>Whether entries of a method can carry this, which is a tag.</summary>
    public bool IsCarriedBy(CachedKey key) => key.Tags.Value.Exists(tag => Intersection.Find(Texts, Of(tag).Texts) is not null);
}
