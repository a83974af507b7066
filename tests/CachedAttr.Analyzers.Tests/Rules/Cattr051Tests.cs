using CachedAttr.Analyzers.Keys;

namespace CachedAttr.Analyzers.Tests.Rules;

/// <summary>A secret is readable in the key.</summary>
public sealed class Cattr051Tests : RuleTests<SensitiveParameterAnalyzer>
{
    [Theory]
    [InlineData("[Cached(\"x:{password}\", Ttl = 60)] public partial int Get(string [|password|]); int GetCore(string password) => 0;")]
    [InlineData("[Cached(\"x:{apiKey}\", Ttl = 60)] public partial int Get(string [|apiKey|]); int GetCore(string apiKey) => 0;")]
    [InlineData("[Cached(\"x:{accessToken}\", Ttl = 60)] public partial int Get(string? [|accessToken|]); int GetCore(string? accessToken) => 0;")]
    [InlineData("[Cached(\"x:{session_token}\", Ttl = 60)] public partial int Get(Guid [|session_token|]); int GetCore(Guid session_token) => 0;")]
    [InlineData("[Cached(\"x:{creditCardNumber}\", Ttl = 60)] public partial int Get(long [|creditCardNumber|]); int GetCore(long creditCardNumber) => 0;")]
    [InlineData("[Cached(\"x:{userSSN}\", Ttl = 60)] public partial int Get(string [|userSSN|]); int GetCore(string userSSN) => 0;")]
    [InlineData("[Cached(\"x:{clientSecret}\", Ttl = 60)] public partial int Get(string [|clientSecret|]); int GetCore(string clientSecret) => 0;")]
    [InlineData("[Cached(\"x:[|{login.Password}|]\", Ttl = 60)] public partial int Get(Login login); int GetCore(Login login) => 0; public sealed record Login(string User, string Password);")]
    [InlineData("[Cached(Ttl = 60)] public partial int Get(string user, string [|jwt|]); int GetCore(string user, string jwt) => 0;")]
    [InlineData("private readonly string _apiKey = \"k\"; [Cached(\"x:[|{_apiKey}|]:{id}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => _apiKey.Length;")]
    [InlineData("[InvalidateCache(\"x:{password}\", \"y:{password}:*\")] public partial void Drop(string [|password|]); void DropCore(string password) { }")]
    [InlineData("[InvalidateCache(\"a:*\", \"x:[|{login.Password}|]:*\")] public partial void Drop(Login login); void DropCore(Login login) { } public sealed record Login(string User, string Password);")]
    [InlineData("[InvalidateCache(Tags = [\"x\", \"u:{token}\"])] public partial void Drop(string [|token|]); void DropCore(string token) { }")]
    [InlineData("[CachePut(\"x:{apiKey}\", Ttl = 60)] public partial int Put(string [|apiKey|]); int PutCore(string apiKey) => 0;")]
    [InlineData("[CachePut(\"x:[|{result.Password}|]\", Ttl = 60)] public partial Login Put(int id); Login PutCore(int id) => null!; public sealed record Login(string User, string Password);")]
    [InlineData("[Cached(\"x:{otp}\", Ttl = 60)] public partial int Get(string [|otp|]); int GetCore(string otp) => 0;")]
    public async Task It_is_reported_where_it_stands(string source) => await ReportsAsync(Service(source));

    [Theory]
    [InlineData("[Cached(\"x:{pageToken}\", Ttl = 60)] public partial int Get(string pageToken); int GetCore(string pageToken) => 0;")]
    [InlineData("[Cached(\"x:{continuationToken}\", Ttl = 60)] public partial int Get(string continuationToken); int GetCore(string continuationToken) => 0;")]
    [InlineData("[Cached(\"x:{cursor}\", Ttl = 60)] public partial int Get(string cursor); int GetCore(string cursor) => 0;")]
    [InlineData("[Cached(\"x:{password}\", Ttl = 60)] public partial int Get([Sensitive] string password); int GetCore(string password) => 0;")]
    [InlineData("[Cached(\"x:{apiKey}\", Ttl = 60)] public partial int Get([CacheKey(Hash = true)] string apiKey); int GetCore(string apiKey) => 0;")]
    [InlineData("[Cached(\"x:{passwordPolicyId}\", Ttl = 60)] public partial int Get(int passwordPolicyId); int GetCore(int passwordPolicyId) => 0;")]
    [InlineData("[Cached(\"x:{tokenCount}\", Ttl = 60)] public partial int Get(int tokenCount); int GetCore(int tokenCount) => 0;")]
    [InlineData("[Cached(\"x:{isSecret}\", Ttl = 60)] public partial int Get(bool isSecret); int GetCore(bool isSecret) => 0;")]
    [InlineData("[Cached(\"x:{tokenizer}\", Ttl = 60)] public partial int Get(string tokenizer); int GetCore(string tokenizer) => 0;")]
    [InlineData("[Cached(\"x:{id}\", Ttl = 60)] public partial int Get(int id, [CacheKeyIgnore] string token, CancellationToken cancellationToken); int GetCore(int id, string token, CancellationToken cancellationToken) => 0;")]
    [InlineData("[InvalidateCache(\"x:{token}\", Tags = [\"u:{pageToken}\"])] public partial void Drop([Sensitive] string token, string pageToken); void DropCore(string token, string pageToken) { }")]
    [InlineData("[Cached(\"x:{login.User}\", Ttl = 60)] public partial int Get(Login login); int GetCore(Login login) => 0; public sealed record Login(string User, string Password);")]
    public async Task It_is_silent_where_all_is_well(string source) => await IsSilentAsync(Service(source));

    [Theory]
    [InlineData("string [|iban|]", "iban")]
    [InlineData("string [|customerIban|]", "+iban, -token")]
    public async Task The_list_can_be_added_to(string parameter, string setting) => await ReportsAsync(Service(Get(parameter)), ("cachedattr_secret_names", setting));

    [Theory]
    [InlineData("string token", "-token")]
    [InlineData("string searchToken", "iban, -token")]
    public async Task The_list_can_be_taken_from(string parameter, string setting) => await IsSilentAsync(Service(Get(parameter)), ("cachedattr_secret_names", setting));

    private static string Get(string parameter) =>
        $"[Cached(Ttl = 60)] public partial int Get({parameter}); int GetCore({parameter.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)}) => 0;";
}
