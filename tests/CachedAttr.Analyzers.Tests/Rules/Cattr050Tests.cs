using CachedAttr.Analyzers.Loaders;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>The loader reads what the key does not contain.</summary>
public sealed class Cattr050Tests : RuleTests<AmbientIdentityAnalyzer>
{
    private const string Surroundings = """
        namespace Microsoft.AspNetCore.Http
        {
            public abstract class HttpContext { public abstract System.Security.Claims.ClaimsPrincipal User { get; } public abstract string TraceIdentifier { get; } }
            public interface IHttpContextAccessor { HttpContext? HttpContext { get; } }
        }
        namespace Microsoft.Extensions.Logging { public interface ILogger { void Log(string message, params object?[] values); } }
        public sealed record Tenant(string Id);
        """;

    [Theory]
    [InlineData("int GetCore(int id) => [|CultureInfo.CurrentCulture|].Name.Length;")]
    [InlineData("int GetCore(int id) => [|CultureInfo.CurrentUICulture|].LCID;")]
    [InlineData("int GetCore(int id) => [|accessor.HttpContext|]!.User.Identity!.Name!.Length;")]
    [InlineData("int GetCore(int id) => [|accessor.HttpContext|]?.User?.Identity?.Name?.Length ?? 0;")]
    [InlineData("int GetCore(int id) => [|_context.TraceIdentifier|].Length; private readonly HttpContext _context = null!;")]
    [InlineData("int GetCore(int id) { var user = [|ClaimsPrincipal.Current|]; return user!.Claims.Count(); }")]
    [InlineData("int GetCore(int id) => [|Thread.CurrentPrincipal|]!.IsInRole(\"a\") ? 1 : 0;")]
    [InlineData("int GetCore(int id) => [|_tenant.Value|]!.Id.Length; private static readonly AsyncLocal<Tenant> _tenant = new();")]
    [InlineData("int GetCore(int id) => [|DateTime.Now|].Year;")]
    [InlineData("int GetCore(int id) => id + [|DateTimeOffset.UtcNow|].Hour + [|DateTime.Today|].Day;")]
    [InlineData("int GetCore(int id) => [|TimeZoneInfo.Local|].BaseUtcOffset.Hours;")]
    [InlineData("int GetCore(int id) => [|Random.Shared|].Next();")]
    [InlineData("int GetCore(int id) { var random = [|new Random()|]; return random.Next(); }")]
    [InlineData("int GetCore(int id) => [|Guid.NewGuid()|].GetHashCode();")]
    [InlineData("int GetCore(int id) => [|Environment.GetEnvironmentVariable(\"REGION\")|]!.Length;")]
    [InlineData("int GetCore(int id) => Price(id) + Tax; private int Price(int id) => id * [|CultureInfo.CurrentCulture|].LCID; private int Tax => [|DateTime.Now|].Month;")]
    [InlineData("int GetCore(int id) { int Local() => [|DateTime.Now|].Year; return new[] { 1 }.Sum(x => x + Local()); }")]
    [InlineData("int GetCore(int id) => [|_time.GetUtcNow()|].Hour; private readonly TimeProvider _time = TimeProvider.System;")]
    public async Task It_is_reported_where_it_stands(string loader) => await ReportsAsync(Source("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); " + loader));

    [Theory]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => id.ToString(CultureInfo.InvariantCulture).Length;")]
    [InlineData("[Cached(\"x:{Culture}:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => CultureInfo.CurrentCulture.LCID; private static string Culture => CultureInfo.CurrentCulture.Name;")]
    [InlineData("[Cached(\"x:{accessor.HttpContext.TraceIdentifier}\", Ttl = 60)] public partial int Get(); int GetCore() => accessor.HttpContext!.TraceIdentifier.Length;")]
    [InlineData("[Cached(\"x:{UserName}\", Ttl = 60)] public partial int Get(); int GetCore() => accessor.HttpContext!.User.Claims.Count(); private string? UserName => ReadName(); private string? ReadName() => accessor.HttpContext?.User.Identity?.Name;")]
    [InlineData("[Cached(\"x:{_tenant.Value.Id}\", Ttl = 60)] public partial int Get(); int GetCore() => _tenant.Value!.Id.Length; private static readonly AsyncLocal<Tenant> _tenant = new();")]
    [InlineData("[Cached(\"x:{user.Identity.Name}\", Ttl = 60)] public partial int Get(ClaimsPrincipal user); int GetCore(ClaimsPrincipal user) => user.Claims.Count();")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) { log.Log(\"at {Time}\", DateTime.UtcNow); return id; }")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) { var start = DateTime.UtcNow; log.Log(\"{Time}\", DateTime.UtcNow - start); return id; }")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => new Random(id).Next();")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => id; int Other() => DateTime.Now.Year + Random.Shared.Next();")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => nameof(DateTime.Now).Length;")]
    [InlineData("[Cached(\"x:{day}\", Ttl = 60)] public partial int Get(DateTime day); int GetCore(DateTime day) => day.Year; int Today() => Get(DateTime.Today);")]
    [InlineData("[InvalidateCache(\"x:*\")] public partial void Drop(); void DropCore() => log.Log(DateTime.Now.ToString(CultureInfo.CurrentCulture));")]
    public async Task It_is_silent_where_all_is_well(string members) => await IsSilentAsync(Source(members));

    [Fact]
    public async Task A_principal_that_is_left_out_of_the_key_is_as_bad_as_an_ambient_one() => await ReportsAsync(Source(
        "[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id, [CacheKeyIgnore] ClaimsPrincipal user); int GetCore(int id, ClaimsPrincipal user) => [|user.Claims|].Count();"));

    [Fact]
    public async Task One_async_local_in_the_key_says_nothing_of_another() => await ReportsAsync(Source(
        "[Cached(\"x:{_tenant.Value.Id}\", Ttl = 60)] public partial int Get(); int GetCore() => [|_user.Value|]!.Id.Length; "
        + "private static readonly AsyncLocal<Tenant> _tenant = new(), _user = new();"));

    [Theory]
    [InlineData("readonly Tenant _own = new(\"a\"); [Cached(\"a:{_own.Id}:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => id; [Cached(\"b\", Ttl = 60)] public partial int Total(); int TotalCore() => [|_own.Id|].Length;")]
    [InlineData("string Region { get; } = \"eu\"; [Cached(\"a:{Region}\", Ttl = 60)] public partial int Get(); int GetCore() => Region.Length; [Cached(\"b\", Ttl = 60)] public partial int Total(); int TotalCore() => Count(); int Count() => [|this.Region|].Length;")]
    public async Task What_one_key_of_the_class_contains_the_others_need_as_well(string members) => await ReportsAsync(Source(members));

    [Fact]
    public async Task The_message_says_how_others_of_the_class_do_it()
    {
        var messages = await ReportsAsync(Source(
            "readonly Tenant _own = new(\"a\"); [Cached(\"a:{_own.Id}\", Ttl = 60)] public partial int Get(); int GetCore() => _own.Id.Length; "
            + "[Cached(\"b:{id}\", Ttl = 60)] public partial int Total(int id); int TotalCore(int id) => id + [|_own.Id|].Length;"));
        Assert.Equal(
            "'TotalCore' reads _own.Id, which is not in the key of 'Total': what one caller gets is served to all others; add {_own.Id} to it, as to others of the class", Assert.Single(messages));
    }

    [Fact]
    public async Task The_message_names_reader_member_and_method()
    {
        var messages = await ReportsAsync(Source("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => Year() + id; static int Year() => [|DateTime.Now|].Year;"));
        Assert.Equal(
            "'Year' reads DateTime.Now, which is not in the key of 'Get': what one caller gets is served to all others; make it a parameter, so that it is in the key", Assert.Single(messages));
    }

    [Theory]
    [InlineData("int GetCore(int id) => id + [|Clock.Ticks|];", "Clock.Ticks")]
    [InlineData("int GetCore(int id) => id + [|Clock.Ticks|] + DateTime.Now.Year;", "+Clock.Ticks, -System.DateTime.Now")]
    public async Task The_list_can_be_changed(string loader, string setting) => await ReportsAsync(
        Source("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); " + loader) + " public static class Clock { public static int Ticks; }", ("cachedattr_ambient_members", setting));

    [Fact]
    public async Task A_loader_in_another_part_of_the_class_is_found() => await ReportsAsync(
        "using System.Globalization; public partial class S { [Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id); } "
        + "public partial class S { int GetCore(int id) => [|CultureInfo.CurrentCulture|].LCID; }");

    private static string Source(string members) =>
        "using System.Globalization; using System.Security.Claims; using Microsoft.AspNetCore.Http; using Microsoft.Extensions.Logging; "
        + "public sealed partial class Service(Cache cache, IHttpContextAccessor accessor, ILogger log) { " + members + " object?[] All() => [cache, accessor, log]; } " + Surroundings;
}
