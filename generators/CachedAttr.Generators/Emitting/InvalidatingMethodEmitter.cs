using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>
/// Writes the body of a method that changes something: its work, the invalidations before and after it, and what it stores. Stores come last, so that no
/// invalidation of the same method undoes them.
/// </summary>
internal static class InvalidatingMethodEmitter
{
    public static void Emit(SourceWriter writer, InvalidatingMethodModel model, InvalidatingMethodNames names)
    {
        var method = model.Method;
        string result = new NameScope(method.Parameters.Select(parameter => parameter.Name)).Take(HoleParser.Result);
        var texts = new TextCall(names.Prefix, names.Texts, method.CacheExpression, expression => expression);
        var before = Statements(model, texts, InvalidationTime.Before, result).ToList();
        var always = Statements(model, texts, InvalidationTime.Always, result).ToList();
        var afterwards = Statements(model, texts, InvalidationTime.Success, result).Concat(model.Puts.Select(put => Put(model, texts, put, result))).ToList();

        SignatureEmitter.Open(writer, method, method.IsAsync);
        foreach (string statement in before)
            writer.WriteLine(statement);
        if (always.Count > 0)
            writer.Open("try");
        EmitWork(writer, method, result, afterwards);
        if (always.Count > 0)
        {
            writer.Close();
            writer.Open("finally");
            foreach (string statement in always)
                writer.WriteLine(statement);
            writer.Close();
        }

        writer.Close();
    }

    private static void EmitWork(SourceWriter writer, MethodModel method, string result, List<string> afterwards)
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

    /// <summary>The invalidations of one time: one statement for all that have no condition, so that they are one round trip.</summary>
    private static IEnumerable<string> Statements(InvalidatingMethodModel model, TextCall texts, InvalidationTime on, string result)
    {
        var method = model.Method;
        var invalidations = model.Invalidations.Where(invalidation => invalidation.On == on && invalidation.Patterns.Count + invalidation.Tags.Count > 0).ToList();
        var unconditional = invalidations.Where(invalidation => invalidation.When is null).ToList();
        if (unconditional.Count > 0)
            yield return CarryOut(method, texts, on, unconditional.SelectMany(one => one.Patterns), unconditional.SelectMany(one => one.Tags));
        foreach (var one in invalidations.Where(invalidation => invalidation.When is not null))
            yield return $"if ({SignatureEmitter.Call(method, one.When!, result)})\n    {CarryOut(method, texts, on, one.Patterns, one.Tags)}";
    }

    private static string CarryOut(MethodModel method, TextCall texts, InvalidationTime on, IEnumerable<PatternModel> patterns, IEnumerable<PatternModel> tags)
    {
        string arguments = $"global::CachedAttr.InvalidateOn.{on}, [{texts.List(patterns)}], [{texts.List(tags)}]";
        return method.IsAsync
            ? $"await {method.CacheExpression}.CarryOutAsync({arguments}).ConfigureAwait(false);"
            : $"{method.CacheExpression}.CarryOut({arguments});";
    }

    private static string Put(InvalidatingMethodModel model, TextCall texts, PutModel put, string result)
    {
        var method = model.Method;
        string ttl = put.Ttl is { } seconds ? Literals.Of(seconds) : "null";
        string tags = put.Tags.Count == 0 ? "" : $", [{texts.List(put.Tags)}]";
        string arguments = $"({texts.One(put.Key)}, {result}, {ttl}{tags})";
        string call = method.IsAsync ? $"await {method.CacheExpression}.PutAsync{arguments}.ConfigureAwait(false);" : $"{method.CacheExpression}.Put{arguments};";
        return put.When is { } when ? $"if ({SignatureEmitter.Call(method, when, result)})\n    {call}" : call;
    }
}
