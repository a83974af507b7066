using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>The call that loads: what a static lambda needs goes with it as a tuple, so that nothing is allocated for a closure.</summary>
internal sealed record LoadCall(string Method, string State, string Arguments)
{
    private const string Discard = "_";
    private const string Rule = "global::CachedAttr.Loading.StoreRule";

    private static readonly HashSet<string> ReservedElements = new(StringComparer.Ordinal)
    {
        "Rest", "ToString", "Equals", "GetHashCode", "CompareTo", "Deconstruct", "GetType",
    };

    public static LoadCall Of(CachedMethodModel model, NameScope scope)
    {
        var method = model.Method;
        var token = method.IsAsync ? method.Parameters.FirstOrDefault(parameter => parameter.Token != TokenKind.None) : null;
        var state = Capture.Of(model, token, scope);
        string context = scope.Take("load");
        string load = SignatureEmitter.Call(
            method,
            method.Loader,
            state.Receiver,
            "",
            name => name == CallModel.EntryContext ? context + ".Entry" : name == token?.Name ? context + ".Token" : state.Argument(name));
        if (method.Returns == ReturnKind.Task)
            load = $"new({load})";
        bool usesContext = token is not null || method.Loader.Arguments.Contains(CallModel.EntryContext);
        string lambda = $"static ({state.Parameter}, {(usesContext ? context : Discard)}) => {load}";
        return new(
            method.Returns switch
            {
                ReturnKind.Value => "Load",
                ReturnKind.Task => "LoadAsync",
                _ => "LoadValueAsync",
            },
            state.Expression,
            lambda + Unless(model, state, scope) + CallersToken(model, token));
    }

    private static string CallersToken(CachedMethodModel model, ParameterModel? token) => token switch
    {
        null => model.Unless is not null && model.Method.IsAsync ? ", default" : "",
        { Token: TokenKind.NullableToken } => $", {Display.Identifier(token.Name)}.GetValueOrDefault()",
        _ => ", " + Display.Identifier(token.Name),
    };

    private static string Unless(CachedMethodModel model, Capture state, NameScope scope)
    {
        if (model.Unless is not { } unless)
            return "";
        string result = scope.Take("result");
        return $", static ({state.Parameter}, {result}) => {Rule}.Unless({SignatureEmitter.Call(model.Method, unless, state.Receiver, result, state.Argument)})";
    }

    /// <summary>What the lambdas get: nothing, one value as it is, or several as a tuple.</summary>
    private sealed record Capture(string Expression, string Parameter, string Receiver, Func<string, string> Argument)
    {
        public static Capture Of(CachedMethodModel model, ParameterModel? token, NameScope scope)
        {
            bool needsThis = !model.Method.Loader.IsStatic || model.Unless is { IsStatic: false };
            var arguments = model.Method.Loader.Arguments.Where(name => name != token?.Name && name != CallModel.EntryContext).Concat(model.Unless?.Arguments ?? default).Distinct().ToList();
            string self = scope.Take("self");
            string call = scope.Take("call");
            return (needsThis, arguments) switch
            {
                (false, []) => new("0", "_", "", name => name),
                (true, []) => new("this", self, self + ".", name => name),
                (false, [var only]) when only != Discard => new(Display.Identifier(only), Display.Identifier(only), "", Display.Identifier),
                (false, [_]) => new(Discard, call, "", _ => call),
                _ => new(
                    "(" + string.Join(", ", arguments.Select(Element).Prepend($"{self}: this").Skip(needsThis ? 0 : 1)) + ")",
                    call,
                    $"{call}.{self}.",
                    name => $"{call}.{ElementName(name)}"),
            };
        }

        private static string Element(string name) => ElementName(name) == Display.Identifier(name) ? Display.Identifier(name) : $"{ElementName(name)}: {Display.Identifier(name)}";

        private static string ElementName(string name) =>
            ReservedElements.Contains(name) || name.StartsWith("Item", StringComparison.Ordinal) ? "_" + name : Display.Identifier(name);
    }
}
