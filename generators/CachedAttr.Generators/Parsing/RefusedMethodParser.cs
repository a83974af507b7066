using CachedAttr.Generators.Model;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Parsing;

/// <summary>Reads what a body that only throws needs: that of a method in which another parser has found problems.</summary>
internal static class RefusedMethodParser
{
    /// <returns>Null where such a body would not compile either, or where there are no problems that an analyzer reports: the compiler has to say what is wrong then.</returns>
    public static RefusedMethodModel? Parse(MethodContext context) =>
        context.HasProblems && CanBeImplemented(context) && ContainingTypeParser.Parse(context) is { } type
            ? new(type, SignatureParser.Declaration(context))
            : null;

    private static bool CanBeImplemented(MethodContext context)
    {
        var method = context.Method;
        return method is { ReturnsByRef: false, ReturnsByRefReadonly: false, IsExtern: false, IsAbstract: false }
            && context.Syntax.ExplicitInterfaceSpecifier is null
            && method.Parameters.Length == context.Syntax.ParameterList.Parameters.Count
            && method.Parameters.Select(parameter => parameter.Name).Distinct().Count() == method.Parameters.Length
            && method.Parameters.Select(parameter => parameter.Type).Append(method.ReturnType).All(CanBeRepeated);
    }

    private static bool CanBeRepeated(ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol or IPointerTypeSymbol or IFunctionPointerTypeSymbol => false,
        IArrayTypeSymbol array => CanBeRepeated(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.All(CanBeRepeated),
        _ => true,
    };
}
