using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.CodeFixes.Declarations;

/// <summary>The name of the method that does a partial method's work.</summary>
internal static class CoreName
{
    /// <summary>The name that the attribute asks for, or the usual one.</summary>
    public static string Wanted(IMethodSymbol method) =>
        method.FindAttribute("CachedAttribute")?.Named("Loader") as string ?? LoaderFinder.DefaultName(method.Name);

    /// <summary>That name; null if a method with these parameters cannot have it, because something else does.</summary>
    public static string? Unused(MethodContext parser)
    {
        string name = Wanted(parser.Method);
        bool isTaken = parser.Type.SelfAndBases().SelectMany(type => type.GetMembers(name))
            .Any(member => parser.CanAccess(member) && (member is not IMethodSymbol other || HaveSameParameters(other, parser.Method)));
        return isTaken || !Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(name) ? null : name;
    }

    /// <summary>Whether two methods cannot be overloads of each other.</summary>
    public static bool HaveSameParameters(IMethodSymbol one, IMethodSymbol other)
    {
        if (one.Arity != other.Arity || one.Parameters.Length != other.Parameters.Length)
            return false;
        var same = other.Arity == 0 ? one : one.Construct([.. other.TypeArguments]);
        return same.Parameters.Zip(other.Parameters, static (a, b) =>
            (a.RefKind == RefKind.None) == (b.RefKind == RefKind.None) && SymbolEqualityComparer.Default.Equals(a.Type, b.Type)).All(equal => equal);
    }
}
