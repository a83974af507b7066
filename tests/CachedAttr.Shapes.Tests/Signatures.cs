using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace CachedAttr.Shapes.Tests;

public sealed partial class Signatures(Cache cache, Calls calls)
{
    [Cached("sig:none", Ttl = 60)]
    public partial int NoParameters();

    private int NoParametersCore() => calls.Next();

    [Cached("sig:defaults", Ttl = 60)]
    public partial int Defaults(int a = 1, string b = "x", DayOfWeek c = DayOfWeek.Friday, Guid d = default, string? e = null, double f = 0.5);

    private int DefaultsCore(int a, string b, DayOfWeek c, Guid d, string? e, double f) => calls.Next();

    [Cached("sig:params", Ttl = 60)]
    public partial int ParamsInts(params int[] ids);

    private int ParamsIntsCore(params int[] ids) => calls.Next();

    [Cached("sig:params-text", Ttl = 60)]
    public partial int ParamsTexts(string head, params string[] names);

    private int ParamsTextsCore(string head, string[] names) => calls.Next();

    [Cached("sig:token-in-the-middle:{a}:{b}", Ttl = 60)]
    public partial Task<int> TokenInTheMiddleAsync(int a, CancellationToken token, int b);

    private Task<int> TokenInTheMiddleCoreAsync(int a, CancellationToken token, int b) => calls.NextAsync();

    [Cached("sig:two-tokens:{a}", Ttl = 60)]
    public partial Task<int> TwoTokensAsync(int a, CancellationToken one, CancellationToken two);

    private Task<int> TwoTokensCoreAsync(int a, CancellationToken one, CancellationToken two) => calls.NextAsync();

    [Cached("sig:keywords:{class}:{event}", Ttl = 60)]
    public partial int Keywords(int @class, string @event);

    private int KeywordsCore(int @class, string @event) => calls.Next();

    [Cached("sig:contextual", Ttl = 60)]
    public partial int Contextual(int required, int @scoped, int field, int value, int record, int var, int await);

    private int ContextualCore(int required, int @scoped, int field, int value, int record, int var, int await) => calls.Next();

    [Cached("sig:locals", Ttl = 60)]
    public partial Task<int> NamesOfLocalsAsync(int region, int hit, int call, int token, int key, int method, int result, int self, int state, int writer, int unless);

    private Task<int> NamesOfLocalsCoreAsync(int region, int hit, int call, int token, int key, int method, int result, int self, int state, int writer, int unless) => calls.NextAsync();

    [Cached("sig:attributes", Ttl = 60)]
    public partial int Attributes([Description("the id")] int id, [AllowNull] string note = "x");

    private int AttributesCore(int id, [AllowNull] string note) => calls.Next();

    [Cached("sig:overload-int", Ttl = 60)]
    public partial int Overloaded(int id);

    [Cached("sig:overload-text", Ttl = 60)]
    public partial int Overloaded(string id);

    [Cached("sig:overload-two", Ttl = 60)]
    public partial int Overloaded(int id, string name);

    private int OverloadedCore(int id) => calls.Next();

    private int OverloadedCore(string id) => calls.Next();

    private int OverloadedCore(int id, string name) => calls.Next();

    [Cached("sig:tuple-parameter", Ttl = 60)]
    public partial int TupleParameter((int Id, string? Name) pair);

    private int TupleParameterCore((int Id, string? Name) pair) => calls.Next();

    [Obsolete("to see that generated code does not warn")]
    [Cached("sig:obsolete:{id}", Ttl = 60)]
    public partial int Old(int id);

    private int OldCore(int id) => calls.Next();

    [Cached("sig:named-loader:{id}", Ttl = 60, Loader = nameof(LoadIt))]
    public partial int NamedLoader(int id);

    private int LoadIt(int id) => calls.Next();

    /// <summary>Documented, <paramref name="id"/> included.</summary>
    [Cached("sig:documented:{id}", Ttl = 60)]
    public partial int Documented(int id);

    private int DocumentedCore(int id) => calls.Next();

    [Cached("sig:ignored:{id}", Ttl = 60)]
    public partial int Ignored(int id, [CacheKeyIgnore] string traceId);

    private int IgnoredCore(int id, string traceId) => calls.Next();
}

public sealed class SignatureTests : IDisposable
{
    private readonly Cache _cache = Cache.Create();
    private readonly Signatures _service;

    public SignatureTests() => _service = new Signatures(_cache, new Calls());

    [Fact]
    public void No_parameters() => Assert.Equal(_service.NoParameters(), _service.NoParameters());

    [Fact]
    public void Default_values() => Calls.Check(() => _service.Defaults(), () => _service.Defaults(f: 0.6), _service);

    [Fact]
    public void Params_of_numbers() => Calls.Check(() => _service.ParamsInts(1, 2), () => _service.ParamsInts(2, 1), _service);

    [Fact]
    public void Params_of_texts() => Calls.Check(() => _service.ParamsTexts("a", "b", "c"), () => _service.ParamsTexts("a", "bc"), _service);

    [Fact]
    public Task A_token_in_the_middle() =>
        Calls.CheckAsync(() => _service.TokenInTheMiddleAsync(1, CancellationToken.None, 2), () => _service.TokenInTheMiddleAsync(1, CancellationToken.None, 3));

    [Fact]
    public Task Two_tokens() => Calls.CheckAsync(() => _service.TwoTokensAsync(1, default, default), () => _service.TwoTokensAsync(2, default, default));

    [Fact]
    public void Names_that_are_keywords() => Calls.Check(() => _service.Keywords(1, "a"), () => _service.Keywords(1, "b"), _service);

    [Fact]
    public void Names_that_are_contextual_keywords() => Calls.Check(() => _service.Contextual(1, 2, 3, 4, 5, 6, 7), () => _service.Contextual(1, 2, 3, 4, 5, 6, 8), _service);

    [Fact]
    public Task Names_that_generated_code_would_use_itself_and_more_than_eight_parameters() => Calls.CheckAsync(
        () => _service.NamesOfLocalsAsync(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), () => _service.NamesOfLocalsAsync(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12));

    [Fact]
    public void Attributes_on_parameters() => Calls.Check(() => _service.Attributes(1), () => _service.Attributes(1, "y"), _service);

    [Fact]
    public void Overloads_do_not_share()
    {
        int[] values = [_service.Overloaded(1), _service.Overloaded("1"), _service.Overloaded(1, "1")];
        Assert.Equal(3, values.Distinct().Count());
        int[] again = [_service.Overloaded(1), _service.Overloaded("1"), _service.Overloaded(1, "1")];
        Assert.Equal(values, again);
    }

    [Fact]
    public void A_tuple() => Calls.Check(() => _service.TupleParameter((1, null)), () => _service.TupleParameter((1, "")), _service);

#pragma warning disable CS0618
    [Fact]
    public void An_obsolete_method() => Calls.Check(() => _service.Old(1), () => _service.Old(2), _service);
#pragma warning restore CS0618

    [Fact]
    public void A_named_loader() => Calls.Check(() => _service.NamedLoader(1), () => _service.NamedLoader(2), _service);

    [Fact]
    public void A_documented_method() => Calls.Check(() => _service.Documented(1), () => _service.Documented(2), _service);

    [Fact]
    public void An_ignored_parameter() => Assert.Equal(_service.Ignored(1, "a"), _service.Ignored(1, "b"));

    public void Dispose() => _cache.Dispose();
}
