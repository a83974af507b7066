using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.Loaders;

/// <summary>A place where a member of a class reads ambient state.</summary>
/// <param name="Member">The member that reads.</param>
/// <param name="Location">Where.</param>
/// <param name="Text">What is read, as it is written.</param>
/// <param name="Group">What it is about; the same for different ways to read the same.</param>
/// <param name="Parameter">The parameter of the reading method that it is read from, if it is one.</param>
internal sealed record AmbientRead(ISymbol Member, Location Location, string Text, string Group, string? Parameter);
