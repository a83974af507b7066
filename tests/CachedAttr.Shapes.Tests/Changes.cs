using System.Transactions;

namespace CachedAttr.Shapes.Tests;

public sealed record Member(int Id, int TeamId, IReadOnlyList<string> Skills);

/// <summary>Tags, write-through and what both do within transactions.</summary>
public sealed partial class Members(Cache cache, Calls calls)
{
    public string Tenant { get; set; } = "acme";

    [Cached("member:{id}", Ttl = 60, Tags = ["all-members", "team:{result.TeamId}", "skill:{result.Skills}", "tenant:{Tenant}:{id}"])]
    public partial Task<Member?> GetAsync(int id, CancellationToken ct = default);

    private async Task<Member?> GetCoreAsync(int id, CancellationToken ct)
    {
        await Task.Yield();
        calls.Next();
        return id < 0 ? null : new Member(id, id / 10, ["s" + id, "any"]);
    }

    [Cached("members:{ids}", Ttl = 60, Tags = ["team:{result.TeamId}", "wanted:{ids}"], Unless = nameof(IsEmpty))]
    public partial ValueTask<IReadOnlyList<Member>> ListAsync(int[] ids);

    private ValueTask<IReadOnlyList<Member>> ListCoreAsync(int[] ids)
    {
        calls.Next();
        return new([.. ids.Select(id => new Member(id, id / 10, []))]);
    }

    private static bool IsEmpty(IReadOnlyList<Member> members) => members.Count == 0;

    [Cached("secret:{token}", Ttl = 60, Tags = ["token:{token}"])]
    public partial string OfToken([Sensitive] string token);

    private static string OfTokenCore(string token) => token + Guid.NewGuid();

    [InvalidateCache(Tags = ["team:{team}", "team:{others}"])]
    public partial Task MoveAsync(int team, IEnumerable<int>? others = null);

    private Task MoveCoreAsync(int team, IEnumerable<int>? others) => Task.CompletedTask;

    [InvalidateCache("member:{ids}")]
    public partial void Touch(params int[] ids);

    private void TouchCore(params int[] ids)
    {
    }

    [InvalidateCache("member:{members.Id}", "members:*")]
    public partial void Save(IEnumerable<Member> members);

    private void SaveCore(IEnumerable<Member> members)
    {
    }

    [CachePut("member:{result.Id}", Ttl = 30, Tags = ["team:{result.TeamId}"])]
    [InvalidateCache("member:*")]
    public partial Task<Member> CreateAsync(int id);

    private Task<Member> CreateCoreAsync(int id) => Task.FromResult(new Member(id, -1, []));

    [CachePut("member:{id}", When = nameof(IsOdd))]
    public partial Member? Replace(int id, bool found = true);

    private static Member? ReplaceCore(int id, bool found) => found ? new Member(id, -2, []) : null;

    private static bool IsOdd(int id) => id % 2 == 1;

    [InvalidateCache("member:*", On = InvalidateOn.Always)]
    public partial void Try(bool fails);

    private static void TryCore(bool fails)
    {
        if (fails)
            throw new InvalidOperationException("It fails.");
    }
}

public sealed class ChangesTests : IDisposable
{
    private readonly Cache _cache = Cache.Create();
    private readonly Calls _calls = new();
    private readonly Members _members;

    public ChangesTests() => _members = new(_cache, _calls);

    [Fact]
    public async Task A_tag_invalidates_what_carries_it_and_nothing_else()
    {
        await GetAsync(1, 2, 11);
        Assert.Equal(3, _calls.Count);
        await _cache.InvalidateTagAsync("team:0");
        await GetAsync(1, 2, 11);
        Assert.Equal(5, _calls.Count);
        await _cache.InvalidateTagAsync("skill:s11");
        await GetAsync(1, 2, 11);
        Assert.Equal(6, _calls.Count);
        await _cache.InvalidateTagAsync("tenant:acme:2");
        await GetAsync(1, 2, 11);
        Assert.Equal(7, _calls.Count);
        await _cache.InvalidateTagAsync("team:99", "tenant:other:2", "all");
        await GetAsync(1, 2, 11);
        Assert.Equal(7, _calls.Count);
        await _cache.InvalidateTagAsync("all-members");
        await GetAsync(1, 2, 11);
        Assert.Equal(10, _calls.Count);
    }

    [Fact]
    public async Task Members_of_a_null_result_are_null_in_its_tags()
    {
        await GetAsync(-1);
        await _cache.InvalidateTagAsync("team:%n");
        await GetAsync(-1);
        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public async Task A_collection_gives_a_tag_for_each_element()
    {
        await ListAsync();
        await _cache.InvalidateTagAsync("team:2");
        await ListAsync();
        await _cache.InvalidateTagAsync("wanted:1");
        await ListAsync();
        await _cache.InvalidateTagAsync("wanted:3");
        await ListAsync();
        Assert.Equal(3, _calls.Count);

        async Task ListAsync() => await _members.ListAsync([1, 25]);
    }

    [Fact]
    public async Task What_is_not_stored_has_no_tags()
    {
        await _members.ListAsync([]);
        await _members.ListAsync([]);
        Assert.Equal(2, _calls.Count);
    }

    [Fact]
    public void A_sensitive_value_is_hashed_in_a_tag_too()
    {
        string first = _members.OfToken("hunter2");
        Assert.Equal(first, _members.OfToken("hunter2"));
        _cache.InvalidateTag("token:hunter2");
        Assert.Equal(first, _members.OfToken("hunter2"));
    }

    [Fact]
    public async Task Methods_invalidate_by_tags_of_single_values_and_of_collections()
    {
        await GetAsync(1, 11, 21, 31);
        await _members.MoveAsync(0);
        await GetAsync(1, 11, 21, 31);
        Assert.Equal(5, _calls.Count);
        await _members.MoveAsync(7, [1, 2]);
        await GetAsync(1, 11, 21, 31);
        Assert.Equal(7, _calls.Count);
    }

    [Fact]
    public async Task A_collection_in_a_pattern_is_one_key_for_each_element()
    {
        await GetAsync(1, 2, 3);
        _members.Touch(1, 3);
        await GetAsync(1, 2, 3);
        Assert.Equal(5, _calls.Count);
        _members.Save([new(2, 0, []), new(3, 0, [])]);
        await GetAsync(1, 2, 3);
        Assert.Equal(7, _calls.Count);
        _members.Touch();
        _members.Save([]);
        await GetAsync(1, 2, 3);
        Assert.Equal(7, _calls.Count);
    }

    [Fact]
    public async Task Write_through_stores_the_result_after_the_invalidations_of_the_same_method()
    {
        await GetAsync(5, 6);
        var created = await _members.CreateAsync(5);
        Assert.Same(created, await _members.GetAsync(5));
        Assert.Equal(2, _calls.Count);
        await GetAsync(6);
        Assert.Equal(3, _calls.Count);
        Assert.InRange((await _cache.GetTtlAsync("member:5"))!.Value.TotalSeconds, 1, 30);
        await _cache.InvalidateTagAsync("team:-1");
        Assert.NotSame(created, await _members.GetAsync(5));
    }

    [Fact]
    public async Task Write_through_under_a_condition_and_never_of_null()
    {
        var replaced = _members.Replace(7);
        Assert.Same(replaced, await _members.GetAsync(7));
        Assert.NotSame(_members.Replace(8), await _members.GetAsync(8));
        Assert.Null(_members.Replace(9, found: false));
        Assert.NotNull(await _members.GetAsync(9));
    }

    [Fact]
    public async Task Changes_wait_until_the_transaction_is_committed()
    {
        var before = await _members.GetAsync(1);
        using (var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            _members.Touch(1);
            var created = await _members.CreateAsync(2);
            Assert.Same(before, await _members.GetAsync(1));
            Assert.NotSame(created, await _members.GetAsync(2));
            transaction.Complete();
        }

        Assert.NotSame(before, await _members.GetAsync(1));
        Assert.Equal(-1, (await _members.GetAsync(2))!.TeamId);
    }

    [Fact]
    public async Task Nothing_changes_when_the_transaction_is_rolled_back_unless_the_attribute_says_always()
    {
        var before = await _members.GetAsync(1);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            _members.Touch(1);
            await _members.CreateAsync(2);
        }

        Assert.Same(before, await _members.GetAsync(1));
        Assert.Equal(0, (await _members.GetAsync(2))!.TeamId);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
            Assert.Throws<InvalidOperationException>(() => _members.Try(fails: true));
        Assert.NotSame(before, await _members.GetAsync(1));
    }

    public void Dispose() => _cache.Dispose();

    private async Task GetAsync(params int[] ids)
    {
        foreach (int id in ids)
            await _members.GetAsync(id);
    }
}
