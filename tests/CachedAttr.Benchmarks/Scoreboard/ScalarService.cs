namespace CachedAttr.Benchmarks.Scoreboard;

/// <summary>A cached method for each kind of scalar key, and of method.</summary>
internal sealed partial class ScalarService(Cache cache)
{
    [Cached("int:{key}", Ttl = 3600)]
    public partial Server OfInt(int key);

    [Cached("int-task:{key}", Ttl = 3600)]
    public partial Task<Server> OfIntAsync(int key);

    [Cached("int-value-task:{key}", Ttl = 3600)]
    public partial ValueTask<Server> OfIntFastAsync(int key);

    [Cached("several:{first}:{second}:{third}", Ttl = 3600)]
    public partial Server OfSeveral(string first, int second, DayOfWeek third);

    [Cached("long:{key}", Ttl = 3600)]
    public partial Server OfLong(long key);

    [Cached("string:{key}", Ttl = 3600)]
    public partial Server OfString(string key);

    [Cached("bool:{key}", Ttl = 3600)]
    public partial Server OfBool(bool key);

    [Cached("char:{key}", Ttl = 3600)]
    public partial Server OfChar(char key);

    [Cached("double:{key}", Ttl = 3600)]
    public partial Server OfDouble(double key);

    [Cached("decimal:{key}", Ttl = 3600)]
    public partial Server OfDecimal(decimal key);

    [Cached("guid:{key}", Ttl = 3600)]
    public partial Server OfGuid(Guid key);

    [Cached("enum:{key}", Ttl = 3600)]
    public partial Server OfEnum(DayOfWeek key);

    [Cached("datetime:{key}", Ttl = 3600)]
    public partial Server OfDateTime(DateTime key);

    [Cached("datetimeoffset:{key}", Ttl = 3600)]
    public partial Server OfDateTimeOffset(DateTimeOffset key);

    [Cached("dateonly:{key}", Ttl = 3600)]
    public partial Server OfDateOnly(DateOnly key);

    [Cached("timespan:{key}", Ttl = 3600)]
    public partial Server OfTimeSpan(TimeSpan key);

    [Cached("nullable:{key}", Ttl = 3600)]
    public partial Server OfNullable(int? key);

    private static Server OfIntCore(int key) => new(key.GetHashCode(), "a server");

    private static Task<Server> OfIntCoreAsync(int key) => Task.FromResult(new Server(key, "a server"));

    private static ValueTask<Server> OfIntFastCoreAsync(int key) => new(new Server(key, "a server"));

    private static Server OfSeveralCore(string first, int second, DayOfWeek third) => new(second + (int)third, first);

    private static Server OfLongCore(long key) => new(key.GetHashCode(), "a server");

    private static Server OfStringCore(string key) => new(key.Length, "a server");

    private static Server OfBoolCore(bool key) => new(key.GetHashCode(), "a server");

    private static Server OfCharCore(char key) => new(key.GetHashCode(), "a server");

    private static Server OfDoubleCore(double key) => new(key.GetHashCode(), "a server");

    private static Server OfDecimalCore(decimal key) => new(key.GetHashCode(), "a server");

    private static Server OfGuidCore(Guid key) => new(key.GetHashCode(), "a server");

    private static Server OfEnumCore(DayOfWeek key) => new(key.GetHashCode(), "a server");

    private static Server OfDateTimeCore(DateTime key) => new(key.GetHashCode(), "a server");

    private static Server OfDateTimeOffsetCore(DateTimeOffset key) => new(key.GetHashCode(), "a server");

    private static Server OfDateOnlyCore(DateOnly key) => new(key.GetHashCode(), "a server");

    private static Server OfTimeSpanCore(TimeSpan key) => new(key.GetHashCode(), "a server");

    private static Server OfNullableCore(int? key) => new(key.GetHashCode(), "a server");
}
