using CachedAttr.Analyzers.Languages;

namespace CachedAttr.Analyzers.KeySpaces;

/// <summary>What stands between two <c>:</c> of a key: no argument contains one, so two keys are alike if and only if their parts are.</summary>
/// <param name="Literal">The text, if it is always the same.</param>
/// <param name="Name">The same for parts with the same texts.</param>
/// <param name="Outline">What it can be, coarser.</param>
/// <param name="Texts">What it can be.</param>
internal sealed record KeyPart(string? Literal, string Name, Outline Outline, Lazy<Automaton> Texts);
