using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Emitting;

/// <summary>The call that loads: what a static lambda needs goes with it as a tuple, so that nothing is allocated for a closure.</summary>
internal sealed record LoadCall(string Method, string State, string Arguments)
{
    private const string Discard = "_";
    public const string Rule = "global::CachedAttr.Loading.StoreRule";

    private static readonly HashSet<string> ReservedElements = new(StringComparer.Ordinal)
    {
        "Rest", "ToString", "Equals", "GetHashCode", "CompareTo", "Deconstruct", "GetType",
    };

    public static LoadCall Of(CachedMethodModel model, CachedMethodNames names, NameScope scope)
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
            (HasRule(model) ? "\n    " : " ") + lambda + RuleOf(model, names, state, scope) + (HasRule(model) ? CallersToken(model, token).Replace(", ", ",\n    ") : CallersToken(model, token)));
    }

    private static string CallersToken(CachedMethodModel model, ParameterModel? token) => token switch
    {
        null => HasRule(model) && model.Method.IsAsync ? ", default" : "",
        { Token: TokenKind.NullableToken } => $", {Display.Identifier(token.Name)}.GetValueOrDefault()",
        _ => ", " + Display.Identifier(token.Name),
    };

    private static bool HasRule(CachedMethodModel model) => model.Unless is not null || model.Tags.Count > 0;

    private static string RuleOf(CachedMethodModel model, CachedMethodNames names, Capture state, NameScope scope)
    {
        if (!HasRule(model))
            return "";
        string result = scope.Take(HoleParser.Result);
        string skips = model.Unless is { } unless ? SignatureEmitter.Call(model.Method, unless, state.Receiver, result, state.Argument) : "";
        if (model.Tags.Count == 0)
            return $",\n    static ({state.Parameter}, {result}) => {Rule}.Unless({skips})";
        var texts = new TextCall(names.Prefix, names.Tags, state.Cache, state.Value);
        string tagged = $"{Rule}.Tagged([{texts.List(model.Tags)}])";
        return $",\n    static ({state.Parameter}, {result}) => {(skips.Length == 0 ? tagged : $"{skips} ? {Rule}.Skip : {tagged}")}";
    }

    /// <summary>What the lambdas get: nothing, one value as it is, or several as a tuple. Tags have values of the call that only its method can see.</summary>
    private sealed record Capture(string Expression, string Parameter, string Receiver, Func<string, string> Argument)
    {
        /// <summary>The expression of a value that a tag has of the call.</summary>
        public Func<string, string> Value { get; init; } = expression => expression;

        /// <summary>The cache whose secret tags use.</summary>
        public string Cache { get; init; } = "";

        public static Capture Of(CachedMethodModel model, ParameterModel? token, NameScope scope)
        {
            bool needsThis = !model.Method.Loader.IsStatic || model.Unless is { IsStatic: false };
            var arguments = model.Method.Loader.Arguments.Where(name => name != token?.Name && name != CallModel.EntryContext)
                .Concat(model.Unless?.Arguments ?? default).Distinct().ToList();
            string self = scope.Take("self");
            string call = scope.Take("call");
            if (model.Tags.Count > 0)
                return WithTags(model, arguments, needsThis, self, call);
            return (needsThis, arguments) switch
            {
                (false, []) => new("0", Discard, "", name => name),
                (true, []) => new("this", self, self + ".", name => name),
                (false, [var only]) when only != Discard => new(Display.Identifier(only), Display.Identifier(only), "", Display.Identifier),
                (false, [_]) => new(Discard, call, "", _ => call),
                _ => Tuple(arguments.Select(Element), needsThis, self, call),
            };
        }

        private static Capture WithTags(CachedMethodModel model, List<string> arguments, bool needsThis, string self, string call)
        {
            var values = model.Tags.SelectMany(tag => tag.Holes).SelectMany(CallValues).Distinct(StringComparer.Ordinal).ToList();
            var elements = arguments.Select(Element).Concat(values.Select((value, i) => $"tag{Number(i)}: {value}")).ToList();
            if (model.Tags.Any(tag => tag.UsesSecret))
                elements.Add($"secret: {model.Method.CacheExpression}");

            // A tuple has at least two elements.
            while (elements.Count + (needsThis ? 1 : 0) < 2)
                elements.Add($"none{Number(elements.Count)}: 0");
            return Tuple(elements, needsThis, self, call) with { Value = value => $"{call}.tag{Number(values.IndexOf(value))}", Cache = call + ".secret" };
        }

        private static IEnumerable<string> CallValues(HoleModel hole)
        {
            if (hole.Root == HoleRoot.Call && hole.Kind != HoleKind.TypeParameter)
                yield return hole.Expression;
            if (hole.Each is { Root: HoleRoot.Call } each)
                yield return each.Collection;
        }

        private static Capture Tuple(IEnumerable<string> elements, bool needsThis, string self, string call) => new(
            "(" + string.Join(", ", elements.Prepend($"{self}: this").Skip(needsThis ? 0 : 1)) + ")", call, $"{call}.{self}.", name => $"{call}.{ElementName(name)}");

        private static string Element(string name) => ElementName(name) == Display.Identifier(name) ? Display.Identifier(name) : $"{ElementName(name)}: {Display.Identifier(name)}";

        private static string ElementName(string name) =>
            ReservedElements.Contains(name) || name.StartsWith("Item", StringComparison.Ordinal) ? "_" + name : Display.Identifier(name);

        private static string Number(int i) => i.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
