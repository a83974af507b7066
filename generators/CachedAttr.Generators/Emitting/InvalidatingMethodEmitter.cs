using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the body of an invalidating method: its work, and the invalidations before and after it.</summary>
internal static class InvalidatingMethodEmitter
{
    public static void Emit(SourceWriter writer, InvalidatingMethodModel model, InvalidatingMethodNames names)
    {
        var method = model.Method;
        string result = new NameScope(method.Parameters.Select(parameter => parameter.Name)).Take(HoleParser.Result);
        var calls = model.Invalidations.Select((invalidation, i) => (invalidation.On, Statement: Statement(model, names, i, result)))
            .Where(call => call.Statement.Length > 0).ToList();
        bool always = calls.Exists(call => call.On == InvalidationTime.Always);

        SignatureEmitter.Open(writer, method, method.IsAsync);
        foreach (var (_, statement) in calls.Where(call => call.On == InvalidationTime.Before))
            writer.WriteLine(statement);
        if (always)
            writer.Open("try");
        EmitWork(writer, method, result, [.. calls.Where(call => call.On == InvalidationTime.Success).Select(call => call.Statement)]);
        if (always)
        {
            writer.Close();
            writer.Open("finally");
            foreach (var (_, statement) in calls.Where(call => call.On == InvalidationTime.Always))
                writer.WriteLine(statement);
            writer.Close();
        }

        writer.Close();
    }

    private static void EmitWork(SourceWriter writer, MethodModel method, string result, IReadOnlyList<string> afterwards)
    {
        string call = SignatureEmitter.Call(method, method.Loader);
        string work = method.IsAsync ? $"await {call}.ConfigureAwait(false)" : call;
        bool returnsAtOnce = method.ResultType is not null && afterwards.Count == 0;
        bool keepsResult = method.ResultType is not null && !returnsAtOnce;
        writer.WriteLine((returnsAtOnce ? "return " : keepsResult ? $"var {result} = " : "") + work + ";");
        foreach (string statement in afterwards)
            writer.WriteLine(statement);
        if (keepsResult)
            writer.WriteLine($"return {result};");
    }

    /// <summary>The statement for one attribute; empty if it has no patterns.</summary>
    private static string Statement(InvalidatingMethodModel model, InvalidatingMethodNames names, int index, string result)
    {
        var method = model.Method;
        var invalidation = model.Invalidations[index];
        if (invalidation.Patterns.Count == 0)
            return "";
        var patterns = invalidation.Patterns.Select((pattern, i) => Pattern(method, pattern, names.Prefix, names.Patterns[index][i]));
        string arguments = string.Join(", ", patterns);
        string call = method.IsAsync
            ? $"await {method.CacheExpression}.InvalidateAsync({arguments}).ConfigureAwait(false);"
            : $"{method.CacheExpression}.Invalidate({arguments});";
        return invalidation.When is { } when ? $"if ({SignatureEmitter.Call(method, when, result)})\n    {call}" : call;
    }

    private static string Pattern(MethodModel method, PatternModel pattern, string prefix, string? name)
    {
        if (name is null)
            return Literals.Of(string.Concat(pattern.Segments.Select(segment => segment.Literal)));
        var values = pattern.Holes.Where(hole => hole.Kind != HoleKind.TypeParameter).Select(hole => hole.Expression);
        return $"{prefix}{name}({string.Join(", ", pattern.UsesSecret ? values.Prepend(method.CacheExpression) : values)})";
    }
}
