using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the body of a method that was refused. It runs only if the errors that say why are suppressed.</summary>
internal static class RefusedMethodEmitter
{
    public static void Emit(SourceWriter writer, RefusedMethodModel method)
    {
        SignatureEmitter.Open(writer, method.Declaration);
        string text = $"'{method.Type.FullName}.{method.Declaration.Name}' has no generated body: its attributes have the errors that the build says (CATTR...).";
        writer.WriteLine($"throw new global::System.NotSupportedException({Literals.Of(text)});");
        writer.Close();
    }
}
