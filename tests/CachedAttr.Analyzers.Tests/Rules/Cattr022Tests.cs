namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A value has no form in a key.</summary>
public sealed class Cattr022Tests : RuleTests<DeclarationAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"server:[|{act}|]\", Ttl = 60)] public partial int Get(Action act); int GetCore(Action act) => 0;")]
    [InlineData("[Cached(\"x:[|{any}|]\", Ttl = 60)] public partial int Get(object any); int GetCore(object any) => 0;")]
    [InlineData("[Cached(\"x:[|{stream}|]\", Ttl = 60)] public partial int Get(Stream stream); int GetCore(Stream stream) => 0;")]
    [InlineData("[Cached(\"x:[|{query}|]:y\", Ttl = 60)] public partial int Get(IQueryable<int> query); int GetCore(IQueryable<int> query) => 0;")]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(int id, object [|any|]); int GetCore(int id, object any) => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(Guid id); int GetCore(Guid id) => 0;")]
    [InlineData("[Cached(\"x:{ids}\", Ttl = 60)] public partial int Get(IReadOnlyList<int> ids); int GetCore(IReadOnlyList<int> ids) => 0;")]
    [InlineData("[Cached(\"x:{range}\", Ttl = 60)] public partial int Get((int From, int To) range); int GetCore((int From, int To) range) => 0;")]
    [InlineData("[Cached(\"x\", Ttl = 60)] public partial int Get([CacheKeyIgnore] Action act); int GetCore(Action act) => 0;")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Fact]
    public async Task The_message_names_the_member_and_the_ways_out()
    {
        var messages = await ReportsAsync(Service("[Cached(\"x:[|{login}|]\", Ttl = 60)] public partial int Get(Login login); int GetCore(Login login) => 0; public sealed record Login(string User, Action Then);"));
        Assert.Equal(
            "'login' has no form in a key, because of login.Then (Action): put what identifies it into the template, as in '{user.Id}', mark members with [CacheKey], or leave it out by [CacheKeyIgnore]",
            Assert.Single(messages));
    }
}
