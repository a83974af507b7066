namespace CachedAttr.Shapes.Tests;

public enum Color : byte
{
    Red,
    Green = 5,
}

public sealed record Filter(string? Category, IReadOnlyList<string> Tags, int Page = 1);

public sealed class Tree(string name, params Tree[] children)
{
    public string Name { get; } = name;

    public IReadOnlyList<Tree> Children { get; } = children;
}

public sealed class Identified
{
    [CacheKey]
    public required int Id { get; init; }

    public string Note { get; init; } = "";
}

public readonly record struct Money(decimal Amount, string Currency);

public sealed partial class KeyTypes(Cache cache, Calls calls)
{
    [Cached("key:scalars", Ttl = 60)]
    public partial int Scalars(sbyte a, byte b, short c, ushort d, int e, uint f, long g, ulong h, nint i, Int128 j, Half k, float l, double m, decimal n, char o, bool p);

    private int ScalarsCore(sbyte a, byte b, short c, ushort d, int e, uint f, long g, ulong h, nint i, Int128 j, Half k, float l, double m, decimal n, char o, bool p) => calls.Next();

    [Cached("key:times", Ttl = 60)]
    public partial int Times(DateTime a, DateTimeOffset b, DateOnly c, TimeOnly d, TimeSpan e, Guid f);

    private int TimesCore(DateTime a, DateTimeOffset b, DateOnly c, TimeOnly d, TimeSpan e, Guid f) => calls.Next();

    [Cached("key:nullables", Ttl = 60)]
    public partial int Nullables(int? a, bool? b, Guid? c, Color? d, DateTime? e, string? f, char? g);

    private int NullablesCore(int? a, bool? b, Guid? c, Color? d, DateTime? e, string? f, char? g) => calls.Next();

    [Cached("key:bool:{on}", Ttl = 60)]
    public partial int Bool(bool on);

    private int BoolCore(bool on) => calls.Next();

    [Cached("key:double:{x}", Ttl = 60)]
    public partial int Double(double x);

    private int DoubleCore(double x) => calls.Next();

    [Cached("key:decimal:{x}", Ttl = 60)]
    public partial int Decimal(decimal x);

    private int DecimalCore(decimal x) => calls.Next();

    [Cached("key:guid:{x}", Ttl = 60)]
    public partial int Guid(Guid x);

    private int GuidCore(Guid x) => calls.Next();

    [Cached("key:date:{x}", Ttl = 60)]
    public partial int Date(DateTime x);

    private int DateCore(DateTime x) => calls.Next();

    [Cached("key:offset:{x}", Ttl = 60)]
    public partial int Offset(DateTimeOffset x);

    private int OffsetCore(DateTimeOffset x) => calls.Next();

    [Cached("key:text:{x}", Ttl = 60)]
    public partial int Text(string? x);

    private int TextCore(string? x) => calls.Next();

    [Cached("key:char:{x}", Ttl = 60)]
    public partial int Char(char x);

    private int CharCore(char x) => calls.Next();

    [Cached("key:enum:{x}", Ttl = 60)]
    public partial int Enum(Color x);

    private int EnumCore(Color x) => calls.Next();

    [Cached("key:flags:{x}", Ttl = 60)]
    public partial int Flags(AttributeTargets x);

    private int FlagsCore(AttributeTargets x) => calls.Next();

    [Cached("key:version:{x}", Ttl = 60)]
    public partial int Custom(System.Net.IPAddress x);

    private int CustomCore(System.Net.IPAddress x) => calls.Next();

    [Cached("key:record:{filter}", Ttl = 60)]
    public partial int Record(Filter? filter);

    private int RecordCore(Filter? filter) => calls.Next();

    [Cached("key:struct:{money}", Ttl = 60)]
    public partial int Struct(Money money);

    private int StructCore(Money money) => calls.Next();

    [Cached("key:list:{ids}", Ttl = 60)]
    public partial int List(IEnumerable<int> ids);

    private int ListCore(IEnumerable<int> ids) => calls.Next();

    [Cached("key:set:{names}", Ttl = 60)]
    public partial int Set(HashSet<string> names);

    private int SetCore(HashSet<string> names) => calls.Next();

    [Cached("key:dictionary:{map}", Ttl = 60)]
    public partial int Dictionary(IReadOnlyDictionary<string, int> map);

    private int DictionaryCore(IReadOnlyDictionary<string, int> map) => calls.Next();

    [Cached("key:tree:{tree}", Ttl = 60)]
    public partial int Recursive(Tree tree);

    private int RecursiveCore(Tree tree) => calls.Next();

    [Cached("key:marked:{item}", Ttl = 60)]
    public partial int Marked(Identified item);

    private int MarkedCore(Identified item) => calls.Next();

    [Cached("key:sensitive:{token}", Ttl = 60)]
    public partial int Sensitive([Sensitive] string token);

    private int SensitiveCore(string token) => calls.Next();

    [Cached("key:mixed:{filter}:{id}", Ttl = 60)]
    public partial int Mixed(Filter filter, int id);

    private int MixedCore(Filter filter, int id) => calls.Next();
}

public sealed class KeyTypeTests : IDisposable
{
    private readonly Cache _cache = Cache.Create();
    private readonly KeyTypes _service;

    public KeyTypeTests() => _service = new KeyTypes(_cache, new Calls());

    [Fact]
    public void Many_scalars() => Calls.Check(
        () => _service.Scalars(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (Half)1.5, 1.5f, 1.5, 1.5m, ':', true),
        () => _service.Scalars(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, (Half)1.5, 1.5f, 1.5, 1.5m, ';', true),
        _service);

    [Fact]
    public void Dates_and_times() => Calls.Check(
        () => _service.Times(DateTime.UnixEpoch, DateTimeOffset.UnixEpoch, DateOnly.MinValue, TimeOnly.MinValue, TimeSpan.Zero, System.Guid.Empty),
        () => _service.Times(DateTime.UnixEpoch, DateTimeOffset.UnixEpoch, DateOnly.MinValue, TimeOnly.MinValue, TimeSpan.FromTicks(1), System.Guid.Empty),
        _service);

    [Fact]
    public void Nullable_values() => Calls.Check(
        () => _service.Nullables(null, null, null, null, null, null, null), () => _service.Nullables(0, false, System.Guid.Empty, Color.Red, default(DateTime), "", '\0'), _service);

    [Fact]
    public void A_truth_value() => Calls.Check(() => _service.Bool(true), () => _service.Bool(false), _service);

    [Fact]
    public void A_double_and_zero_of_either_sign_are_one_key()
    {
        Calls.Check(() => _service.Double(1.5), () => _service.Double(double.NaN), _service);
        Assert.Equal(_service.Double(0.0), _service.Double(-0.0));
    }

    [Fact]
    public void A_decimal_and_equal_ones_are_one_key()
    {
        Calls.Check(() => _service.Decimal(1m), () => _service.Decimal(2m), _service);
        Assert.Equal(_service.Decimal(1.0m), _service.Decimal(1.00m));
    }

    [Fact]
    public void A_guid() => Calls.Check(() => _service.Guid(System.Guid.Empty), () => _service.Guid(new Guid(1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)), _service);

    [Fact]
    public void Two_date_times_of_different_kind_are_two_keys() => Calls.Check(
        () => _service.Date(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)), () => _service.Date(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified)), _service);

    [Fact]
    public void Two_offsets_of_the_same_instant_are_two_keys() => Calls.Check(
        () => _service.Offset(new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.FromHours(2))), () => _service.Offset(new DateTimeOffset(2026, 1, 1, 8, 0, 0, TimeSpan.Zero)), _service);

    [Fact]
    public void A_string_null_and_empty_and_what_looks_like_them()
    {
        string?[] texts = [null, "", "%n", "%e", ":", "*", "a b", "A"];
        var values = texts.Select(_service.Text).ToList();
        Assert.Equal(texts.Length, values.Distinct().Count());
        Assert.Equal(values, texts.Select(_service.Text));
    }

    [Fact]
    public void A_character() => Calls.Check(() => _service.Char(':'), () => _service.Char('\ud800'), _service);

    [Fact]
    public void An_enum_undefined_values_included()
    {
        Calls.Check(() => _service.Enum(Color.Green), () => _service.Enum((Color)77), _service);
        Calls.Check(() => _service.Flags(AttributeTargets.Class | AttributeTargets.Enum), () => _service.Flags(AttributeTargets.Class), _service);
    }

    [Fact]
    public void A_type_of_its_own_that_formats_and_parses() =>
        Calls.Check(() => _service.Custom(System.Net.IPAddress.Loopback), () => _service.Custom(System.Net.IPAddress.IPv6Loopback), _service);

    [Fact]
    public void A_record_by_its_members()
    {
        Calls.Check(() => _service.Record(new Filter("a", ["b", "c"])), () => _service.Record(new Filter("a", ["bc"])), _service);
        Calls.Check(() => _service.Record(null), () => _service.Record(new Filter(null, [])), _service);
    }

    [Fact]
    public void A_struct_by_its_members() => Calls.Check(() => _service.Struct(new Money(1, "EUR")), () => _service.Struct(new Money(1, "USD")), _service);

    [Fact]
    public void A_list_in_its_order() => Calls.Check(() => _service.List([1, 2]), () => _service.List([2, 1]), _service);

    [Fact]
    public void A_set_in_any_order()
    {
        Calls.Check(() => _service.Set(["a", "b"]), () => _service.Set(["a", "c"]), _service);
        Assert.Equal(_service.Set(["a", "b"]), _service.Set(["b", "a"]));
    }

    [Fact]
    public void A_dictionary_in_any_order()
    {
        static Dictionary<string, int> Map(params (string Key, int Value)[] pairs) => pairs.ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        Calls.Check(() => _service.Dictionary(Map(("a", 1), ("b", 2))), () => _service.Dictionary(Map(("a", 2), ("b", 1))), _service);
        Assert.Equal(_service.Dictionary(Map(("a", 1), ("b", 2))), _service.Dictionary(Map(("b", 2), ("a", 1))));
    }

    [Fact]
    public void A_type_that_contains_itself() => Calls.Check(
        () => _service.Recursive(new Tree("a", new Tree("b"), new Tree("c"))), () => _service.Recursive(new Tree("a", new Tree("b", new Tree("c")))), _service);

    [Fact]
    public void Only_the_marked_members_where_some_are_marked()
    {
        Calls.Check(() => _service.Marked(new Identified { Id = 1 }), () => _service.Marked(new Identified { Id = 2 }), _service);
        Assert.Equal(_service.Marked(new Identified { Id = 1, Note = "a" }), _service.Marked(new Identified { Id = 1, Note = "b" }));
    }

    [Fact]
    public async Task A_sensitive_argument_is_not_in_the_key()
    {
        Calls.Check(() => _service.Sensitive("hunter2"), () => _service.Sensitive("hunter3"), _service);
        await foreach (string key in _cache.KeysAsync())
            Assert.DoesNotContain("hunter", key, StringComparison.Ordinal);
        Assert.True(await _cache.ExistsAsync(KeyTypes.CacheKeys.Sensitive(_cache, "hunter2")));
    }

    [Fact]
    public void An_object_and_a_number() => Calls.Check(() => _service.Mixed(new Filter("a", []), 1), () => _service.Mixed(new Filter("a", []), 2), _service);

    public void Dispose() => _cache.Dispose();
}
