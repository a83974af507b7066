using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>How a member of the class is written in a method's body: plainly, unless a parameter of the method has the same name.</summary>
internal static class MemberAccess
{
    public static string Of(IMethodSymbol method, ISymbol member)
    {
        string name = Display.Identifier(member.Name);
        return !method.Parameters.Any(parameter => parameter.Name == member.Name) ? name
            : member.IsStatic ? member.ContainingType.Code() + "." + name
            : "this." + name;
    }
}
