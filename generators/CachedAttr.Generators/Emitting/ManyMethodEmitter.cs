using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the body of a cached method of many keys. Its lambdas capture what they need: it has no hit that costs next to nothing.</summary>
internal static class ManyMethodEmitter
{
    public static void Emit(SourceWriter writer, CachedMethodModel model, ManyModel many, CachedMethodNames names)
    {
        var method = model.Method;
        var scope = new NameScope(method.Parameters.Select(parameter => parameter.Name).Append(many.Element)
            .Concat(model.Key.Holes.SelectMany(hole => NameScope.IdentifiersIn(hole.Expression))).Concat(NameScope.IdentifiersIn(method.CacheExpression)));
        var token = method.IsAsync ? method.Parameters.FirstOrDefault(parameter => parameter.Token != TokenKind.None) : null;
        SignatureEmitter.Open(writer, method);
        if (model.When is { } when)
        {
            writer.WriteLine($"if (!{SignatureEmitter.Call(method, when)})");
            writer.WriteContinued($"return {SignatureEmitter.Call(method, method.Loader)};");
            writer.Separate();
        }

        string load = method.Returns switch
        {
            ReturnKind.Value => "LoadMany",
            ReturnKind.Task => "LoadManyAsync",
            _ => "LoadManyValueAsync",
        };
        writer.WriteLine($"return {names.Prefix}{names.Method}.In({method.CacheExpression}).{load}<{many.Item}, {method.ResultType}>(");
        string ending = method.IsAsync ? ",\n" + CallersToken(token) : "";
        writer.WriteContinued($"{Display.Identifier(many.Parameter)},\n{many.Element} => {TypedKey.Expression(model, names)},\n{Loader(model, many, token, scope)},\n{Rule(model, many, names, scope)}{ending});");
        writer.Close();
    }

    /// <summary>Whether what a method stores under one key is what another stores under each of many.</summary>
    public static bool HasSameEntries(CachedMethodModel single, CachedMethodModel many) =>
        single.Method.Generics.Parameters.Count == 0 && many.Method.Generics.Parameters.Count == 0
        && single.Key.Form == many.Key.Form && single.ValueType.TrimEnd('?') == many.ValueType.TrimEnd('?')
        && single.Key.Segments.Select(Identity).SequenceEqual(many.Key.Segments.Select(Identity));

    private static (string?, HoleKind?, string?, string?, char) Identity(KeySegment segment) =>
        (segment.Literal, segment.Hole?.Kind, segment.Hole?.Value.Type, segment.Hole?.Format, segment.Delimiter);

    private static string Loader(CachedMethodModel model, ManyModel many, ParameterModel? token, NameScope scope)
    {
        var method = model.Method;
        string missing = scope.Take("missing");
        string load = scope.Take("load");
        string call = SignatureEmitter.Call(method, method.Loader, "", "", name =>
            name == many.Parameter ? (many.TakesArray ? missing : $"[.. {missing}]")
            : name == token?.Name ? load + ".Token"
            : name == CallModel.EntryContext ? "new()"
            : Display.Identifier(name));
        return method.IsAsync ? $"async ({missing}, {load}) => await {call}.ConfigureAwait(false)" : $"({missing}, {load}) => {call}";
    }

    private static string Rule(CachedMethodModel model, ManyModel many, CachedMethodNames names, NameScope scope)
    {
        if (model.Unless is null && model.Tags.Count == 0)
            return "null";
        string result = scope.Take(HoleParser.Result);
        string skips = model.Unless is { } unless ? SignatureEmitter.Call(model.Method, unless, result) + $" ? {LoadCall.Rule}.Skip : " : "";
        var texts = new TextCall(names.Prefix, names.Tags, model.Method.CacheExpression, expression => expression);
        string tagged = model.Tags.Count == 0 ? "default" : $"{LoadCall.Rule}.Tagged([{texts.List(model.Tags)}])";
        return $"({many.Element}, {result}) => {skips}{tagged}";
    }

    private static string CallersToken(ParameterModel? token) => token switch
    {
        null => "default",
        { Token: TokenKind.NullableToken } => $"{Display.Identifier(token.Name)}.GetValueOrDefault()",
        _ => Display.Identifier(token.Name),
    };
}
