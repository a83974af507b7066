using CachedAttr.Analyzers.KeySpaces;
using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Model;

namespace CachedAttr.Analyzers.Invalidation;

/// <summary>What a pattern matches, over all arguments that its holes can have.</summary>
/// <param name="Outline">The same, coarser; null if it is not known.</param>
/// <param name="Texts">All that it matches.</param>
internal sealed record KeyPatternTexts(Outline? Outline, Automaton Texts)
{
    public static KeyPatternTexts Of(PatternModel pattern)
    {
        var (outline, texts) = (new Outline(), new Automaton());
        foreach (var segment in pattern.Segments)
        {
            if (segment.Literal is { } literal)
            {
                texts.Append(Glob.Parse(literal, outline), TextForm.Verbatim);
                continue;
            }

            texts.Append(HoleTexts.Of(segment.Hole!, segment.Delimiter, []).Texts, TextForm.Verbatim);
            if (segment.Delimiter == KeySegment.UnknownDelimiter)
                outline.AddAnything();
            else
                outline.AddHole();
        }

        return new(outline, texts);
    }

    /// <summary>Whether some key of a method is matched.</summary>
    public bool Matches(CachedKey key) =>
        (Outline is null || Outline.MayMeet(Outline, key.Outline)) && Intersection.Find(Texts, key.Texts.Value) is not null;

    /// <summary>Whether entries of a method can carry this, which is a tag.</summary>
    public bool IsCarriedBy(CachedKey key) => key.Tags.Value.Exists(tag => Intersection.Find(Texts, tag) is not null);
}
