using CachedAttr.Generators.Model;
using CachedAttr.Generators.Parsing;

namespace CachedAttr.Generators.Tests.Parsing;

public sealed class KeyParserTests
{
    [Theory]
    [InlineData("""[Cached("server:{id}")] partial int Get(int id);""", nameof(KeyForm.Bare), "server:{id}")]
    [InlineData("""[Cached("server")] partial int Get(int id, CancellationToken token);""", nameof(KeyForm.Bare), "server:{id}")]
    [InlineData("""[Cached("server:")] partial int Get(int id);""", nameof(KeyForm.Bare), "server:{id}")]
    [InlineData("""[Cached] partial int Get(Guid id);""", nameof(KeyForm.Bare), "Service.Get:{id}")]
    [InlineData("""[Cached] partial int Get();""", nameof(KeyForm.Constant), "Service.Get")]
    [InlineData("""[Cached] partial int Get(string name);""", nameof(KeyForm.Text), "Service.Get:{name}")]
    [InlineData("""[Cached] partial int Get(string a, int b);""", nameof(KeyForm.Struct), "Service.Get:{a}:{b}")]
    [InlineData("""[Cached] partial int Get(int? id);""", nameof(KeyForm.Struct), "Service.Get:{id}")]
    [InlineData("""[Cached] partial int Get(DayOfWeek day);""", nameof(KeyForm.Struct), "Service.Get:{day}")]
    [InlineData("""[Cached] partial int Get(DateTime time);""", nameof(KeyForm.Struct), "Service.Get:{time}")]
    [InlineData("""[Cached("r:{day:yyyy}")] partial int Get(DateOnly day);""", nameof(KeyForm.Composed), "r:{day}")]
    [InlineData("""[Cached] partial int Get(List<int> ids);""", nameof(KeyForm.Composed), "Service.Get:{ids}")]
    [InlineData("""[Cached] partial int Get([Sensitive] string token);""", nameof(KeyForm.Composed), "Service.Get:{token}")]
    [InlineData("""[Cached] partial int Get(int id, [CacheKeyIgnore] object why);""", nameof(KeyForm.Bare), "Service.Get:{id}")]
    [InlineData("""[Cached] partial int Get<T>(int id);""", nameof(KeyForm.Bare), "Service.Get:{id}:{T}")]
    [InlineData("""[Cached("x:{T}:{id}")] partial int Get<T>(int id);""", nameof(KeyForm.Bare), "x:{T}:{id}")]
    [InlineData("""[Cached("n:{name.Length}")] partial int Get(string? name);""", nameof(KeyForm.Struct), "n:{name.Length}")]
    public void A_key_has_the_cheapest_form_that_says_as_much_as_its_text(string method, string form, string template)
    {
        var key = Parse(method, out _);
        Assert.Equal((form, template), (key?.Form.ToString(), key?.Template));
    }

    [Theory]
    [InlineData("""[Cached("server:{x}")] partial int Get(int id);""", RuleIds.BadTemplate)]
    [InlineData("""[Cached("server:{id.Nothing}")] partial int Get(int id);""", RuleIds.BadTemplate)]
    [InlineData("""[Cached("server:{name:N}")] partial int Get(string name);""", RuleIds.BadTemplate)]
    [InlineData("""[Cached("{T}.{id}")] partial int Get<T>(int id);""", RuleIds.BadTemplate)]
    [InlineData("""[Cached("server:{a}")] partial int Get(int a, int b);""", RuleIds.ParameterNotInKey)]
    [InlineData("""[Cached] partial int Get(object value);""", RuleIds.NoKeyForm)]
    [InlineData("""[Cached] partial int Get(Action value);""", RuleIds.NoKeyForm)]
    [InlineData("""[Cached] partial int Get(Stream value);""", RuleIds.NoKeyForm)]
    [InlineData("""[Cached] partial int Get(IComparable value);""", RuleIds.NoKeyForm)]
    [InlineData("""[Cached] partial int Get((int, List<object>) value);""", RuleIds.NoKeyForm)]
    public void A_key_that_could_be_wrong_is_a_problem(string method, string rule)
    {
        Assert.Null(Parse(method, out var problems));
        Assert.Contains(problems, problem => problem.Rule == rule);
    }

    private static KeyModel? Parse(string method, out EquatableArray<Problem> problems)
    {
        var context = TestCompilation.ContextOf("partial class Service { " + method + " }");
        var key = KeyParser.Parse(context, context.Method.FindAttribute("CachedAttribute")!, out _, out _);
        problems = context.Result(key).Problems;
        return key;
    }
}
