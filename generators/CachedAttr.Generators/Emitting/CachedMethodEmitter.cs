using CachedAttr.Generators.Model;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes the body of a cached method: the local tier is asked, and if it has nothing, the region loads.</summary>
internal static class CachedMethodEmitter
{
    public static void Emit(SourceWriter writer, CachedMethodModel model, CachedMethodNames names)
    {
        var method = model.Method;
        var scope = new NameScope(Taken(model));
        string region = scope.Take("region");
        string hit = scope.Take("hit");

        SignatureEmitter.Open(writer, method);
        if (model.When is { } when)
        {
            writer.WriteLine($"if (!{SignatureEmitter.Call(method, when)})");
            writer.WriteContinued($"return {SignatureEmitter.Call(method, method.Loader)};");
            writer.Separate();
        }

        writer.WriteLine($"var {region} = {names.Prefix}{names.Method}.In({method.CacheExpression});");
        string key = TypedKey.Expression(model, names);
        if (!TypedKey.IsSimple(model))
        {
            string local = scope.Take("key");
            writer.WriteLine($"var {local} = {key};");
            key = local;
        }

        var load = LoadCall.Of(model, names, scope);
        string find = method.Returns == ReturnKind.Task ? "TryGetTask" : "TryGet";
        writer.WriteLine($"return {region}.{find}({key}, out var {hit})");
        writer.WriteContinued($"? {(method.Returns == ReturnKind.ValueTask ? $"new({hit})" : hit)}");
        writer.WriteContinued($": {region}.{load.Method}({key}, {load.State},{load.Arguments});");
        writer.Close();
    }

    private static IEnumerable<string> CallIdentifiers(HoleModel hole) =>
        NameScope.IdentifiersIn(hole.Root == HoleRoot.Call ? hole.Expression : hole.Each is { Root: HoleRoot.Call } each ? each.Collection : "");

    private static IEnumerable<string> Taken(CachedMethodModel model) => model.Method.Parameters.Select(parameter => parameter.Name)
        .Concat(model.Key.Holes.SelectMany(hole => NameScope.IdentifiersIn(hole.Expression)))
        .Concat(model.Tags.SelectMany(tag => tag.Holes).SelectMany(CallIdentifiers))
        .Concat(NameScope.IdentifiersIn(model.Method.CacheExpression));
}
