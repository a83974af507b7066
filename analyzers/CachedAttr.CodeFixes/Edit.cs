using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;

namespace CachedAttr.CodeFixes;

/// <summary>One way out of a diagnostic.</summary>
/// <param name="Title">What the developer chooses.</param>
/// <param name="Key">The same for the same way out of other diagnostics, so that all can be taken at once.</param>
/// <param name="Target">What is edited: two edits of one title and target are one.</param>
/// <param name="Apply">Edits the target as it then is: others of the same document may have been applied before.</param>
internal sealed record Edit(string Title, string Key, SyntaxNode Target, Action<SyntaxEditor> Apply);
