using CachedAttr.Analyzers.Languages;
using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;
using static CachedAttr.Analyzers.Languages.Language;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>Collects a key's literals and holes, in their order, and takes them apart at each <c>:</c>.</summary>
internal sealed class KeyTexts
{
    private const string FreeEnd = "**";

    private readonly List<KeyPart> _parts = [];
    private readonly List<(string? Literal, string Name, Language Texts)> _open = [];
    private readonly List<Language> _all = [];
    private bool _isFree;

    public Outline Outline { get; } = new();

    /// <summary>Those of a parsed template.</summary>
    public static KeyTexts Of(IEnumerable<KeySegment> segments, IReadOnlyCollection<ITypeSymbol> types)
    {
        var texts = new KeyTexts();
        foreach (var segment in segments)
        {
            if (segment.Literal is { } literal)
                texts.AddLiteral(literal);
            else
                texts.AddHole(HoleTexts.Of(segment.Hole!, segment.Delimiter, types));
        }

        return texts;
    }

    /// <summary>Those of a template of which nothing but its text is known.</summary>
    public static KeyTexts Of(string template)
    {
        var texts = new KeyTexts();
        for (int position = 0; position < template.Length;)
        {
            int open = template.IndexOf('{', position);
            int close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
                open = template.Length;
            if (open > position)
                texts.AddLiteral(template.Substring(position, open - position));
            if (close < 0)
                break;
            position = close + 1;
            bool isFree = template.Substring(open + 1, close - open - 1).EndsWith(FreeEnd, StringComparison.Ordinal);
            texts.AddHole(isFree ? HoleTexts.Free : HoleTexts.Unknown(position < template.Length ? template[position] : ':'));
        }

        return texts;
    }

    public void AddLiteral(string text)
    {
        Outline.Add(text);
        _all.Add(Language.Of(text));
        string[] pieces = text.Split(':');
        for (int i = 0; i < pieces.Length; i++)
        {
            if (i > 0)
                Close();
            if (pieces[i].Length > 0)
                _open.Add((pieces[i], pieces[i], Language.Of(pieces[i])));
        }
    }

    public void AddHole(HoleTexts hole)
    {
        if (ReferenceEquals(hole, HoleTexts.Free))
            Outline.AddAnything();
        else
            Outline.AddHole();
        _all.Add(hole.Texts);
        _open.Add((null, "{" + hole.Name + "}", hole.Texts));
        _isFree |= ReferenceEquals(hole, HoleTexts.Free);
    }

    /// <summary>The parts between <c>:</c>; null if a hole can contain one.</summary>
    public IReadOnlyList<KeyPart>? Parts()
    {
        if (_isFree)
            return null;
        Close();
        return _parts;
    }

    /// <summary>All keys.</summary>
    public Lazy<Automaton> Automaton()
    {
        var all = Then([.. _all]);
        return new(() => Languages.Automaton.Of(all, TextForm.Verbatim));
    }

    private void Close()
    {
        string name = string.Concat(_open.Select(item => item.Name));
        var texts = Then([.. _open.Select(item => item.Texts)]);
        string? literal = _open.TrueForAll(item => item.Literal is not null) ? name : null;
        var outline = new Outline();
        foreach (var item in _open)
        {
            if (item.Literal is { } text)
                outline.Add(text);
            else
                outline.AddHole();
        }

        _parts.Add(new(literal, name, outline, new(() => Languages.Automaton.Of(texts, TextForm.Verbatim))));
        _open.Clear();
    }
}
