using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the declaration of a method's implementing part, and calls of other methods from it.</summary>
internal static class SignatureEmitter
{
    public static void Open(SourceWriter writer, DeclarationModel method, bool isAsync = false)
    {
        string modifiers = (method.Modifiers.Length == 0 ? "" : method.Modifiers + " ") + (isAsync ? "async " : "") + "partial";
        string parameters = string.Join(", ", method.Parameters.Select(parameter => $"{parameter.Modifiers}{parameter.Type} {Display.Identifier(parameter.Name)}"));
        string constraints = string.Concat(method.Generics.Constraints.Select(clause => "\n    " + clause));
        writer.Separate();

        // Without [GeneratedCode]: the attributes of both halves are one list, and every analyzer would take the user's half for generated as well.
        writer.Open($"{modifiers} {method.ReturnType} {Display.Identifier(method.Name)}{method.Generics.List}({parameters}){constraints}");
    }

    /// <summary>A call with the method's own parameters.</summary>
    public static string Call(MethodModel method, CallModel call, string result = "") =>
        Call(method, call, "", result, name => name == CallModel.EntryContext ? "new()" : Display.Identifier(name));

    /// <summary>A call with arguments from elsewhere.</summary>
    public static string Call(MethodModel method, CallModel call, string receiver, string result, Func<string, string> argument)
    {
        var modifiers = method.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.ArgumentModifier);
        bool isLoader = ReferenceEquals(call, method.Loader);
        var arguments = call.Arguments.Select(name => (isLoader && modifiers.TryGetValue(name, out string modifier) ? modifier : "") + argument(name));
        return $"{(call.IsStatic ? "" : receiver)}{call.Name}({string.Join(", ", call.PassesResult ? arguments.Prepend(result) : arguments)})";
    }
}
