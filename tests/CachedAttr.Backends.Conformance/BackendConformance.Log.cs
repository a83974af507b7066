using System.Collections.Concurrent;

namespace CachedAttr.Backends.Conformance;

/// <content>The invalidation log.</content>
public abstract partial class BackendConformance
{
    [Fact]
    public async Task A_log_begins_empty_with_an_epoch_and_the_present()
    {
        var page = await Backend.ReadLogAsync(LogPosition.None, Call);
        Assert.NotEqual(0, page.Epoch);
        Assert.Equal((0, 0), (page.After, page.Appended));
        Assert.Empty(page.Records);
        Assert.False(page.HasMore);
        Assert.InRange(page.UpTo, page.Time - 1_000_000, page.Time);
    }

    [Fact]
    public async Task The_present_moves_on_without_records()
    {
        var first = await Backend.ReadLogAsync(LogPosition.None, Call);
        await PassAsync(TimeSpan.FromMilliseconds(50));
        var second = await Backend.ReadLogAsync(first.End, Call);
        Assert.Equal(first.Epoch, second.Epoch);
        Assert.Equal(first.UpTo, second.After);
        Assert.InRange(second.UpTo, first.UpTo + 45_000, first.UpTo + 60_000_000);
    }

    [Fact]
    public async Task Records_are_read_in_order_once_each()
    {
        var start = await PresentAsync();
        var page = await Backend.InvalidateAsync([Pattern("a:*"), Key("a:1"), new(InvalidationKind.Tag, "team")], start, Call);
        Assert.Equal([Pattern("a:*"), Key("a:1"), new(InvalidationKind.Tag, "team")], page.Records.Select(record => record.What));
        Assert.Equal(page.Records[^1].Sequence, page.Appended);
        Assert.True(page.UpTo >= page.Appended);
        var next = await Backend.InvalidateAsync([Pattern("b:*")], page.End, Call);
        Assert.Equal([Pattern("b:*")], next.Records.Select(record => record.What));
        var all = await Backend.ReadLogAsync(start, Call);
        Assert.Equal([Pattern("a:*"), Key("a:1"), new(InvalidationKind.Tag, "team"), Pattern("b:*")], all.Records.Select(record => record.What));
        Assert.Equal(all.Records.OrderBy(record => record.Sequence), all.Records);
        Assert.Empty((await Backend.ReadLogAsync(all.End, Call)).Records);
    }

    [Fact]
    public async Task No_record_comes_at_or_below_a_position_that_was_given_out()
    {
        for (int i = 0; i < 50; i++)
        {
            var position = await PresentAsync();
            var page = await Backend.InvalidateAsync([Pattern($"p{i % 5}:*")], position, Call);
            Assert.True(page.Appended > position.Sequence);
            Assert.Contains(page.Records, record => record.Sequence == page.Appended);
        }
    }

    [Fact]
    public async Task The_same_invalidation_again_is_one_record_with_the_newer_number()
    {
        var start = await PresentAsync();
        var first = await Backend.InvalidateAsync([Pattern("a:*")], start, Call);
        var second = await Backend.InvalidateAsync([Pattern("a:*")], start, Call);
        Assert.True(second.Appended > first.Appended);
        Assert.Equal([new(second.Appended, Pattern("a:*"))], (await Backend.ReadLogAsync(start, Call)).Records);
    }

    [Fact]
    public async Task Another_process_reads_the_same_log()
    {
        var other = await AnotherAsync();
        var start = (await other.ReadLogAsync(LogPosition.None, Call)).End;
        Assert.Equal((await PresentAsync()).Epoch, start.Epoch);
        var mine = await Backend.InvalidateAsync([Pattern("a:*")], LogPosition.None, Call);
        Assert.Equal([new(mine.Appended, Pattern("a:*"))], (await other.ReadLogAsync(start, Call)).Records);
        var theirs = await other.InvalidateAsync([Key("a:1")], start, Call);
        Assert.Equal(["a:*", "a:1"], theirs.Records.Select(record => record.What.Text));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_is_never_said_to_be_at_a_position_that_it_is_not_at(bool isSynchronous)
    {
        var call = isSynchronous ? BackendCall.Synchronous : Call;
        var other = await AnotherAsync();
        await SetNowAsync("k", "value");
        var position = await PresentAsync();
        if (await Backend.GetCheckedAsync("k", position, call) is not { } first)
            return; // it has no cheaper way than reading the log
        Assert.Equal((true, "value"), (first.IsCurrent, Payload(first.Bytes)));
        Assert.Equal(new CheckedEntry(true, null), await Backend.GetCheckedAsync(null, position, call));
        Assert.Equal(new CheckedEntry(true, null), await Backend.GetCheckedAsync("nothing", position, call));
        Assert.False((await Backend.GetCheckedAsync(null, position with { Epoch = position.Epoch - 1 }, call))!.Value.IsCurrent);
        Assert.False((await Backend.GetCheckedAsync(null, position with { Sequence = long.MaxValue / 4 }, call))!.Value.IsCurrent); // nobody was ever told this
        Assert.False((await Backend.GetCheckedAsync(null, LogPosition.None, call))!.Value.IsCurrent);

        var theirs = await other.InvalidateAsync([Pattern("a:*"), Key("k")], position, Call);
        var after = (await Backend.GetCheckedAsync("k", position, call))!.Value;
        Assert.Equal((false, "tombstone"), (after.IsCurrent, Payload(after.Bytes)));
        Assert.True((await Backend.GetCheckedAsync("k", theirs.End, call))!.Value.IsCurrent);
    }

    [Fact]
    public async Task A_position_of_another_epoch_gets_the_whole_log()
    {
        await Backend.InvalidateAsync([Pattern("a:*")], LogPosition.None, Call);
        var page = await Backend.ReadLogAsync(new(4711, long.MaxValue), Call);
        Assert.NotEqual(4711, page.Epoch);
        Assert.Equal(0, page.After);
        Assert.Equal(["a:*"], page.Records.Select(record => record.What.Text));
    }

    [Fact]
    public async Task Patterns_are_remembered_longer_than_keys()
    {
        var start = await PresentAsync();
        await Backend.InvalidateAsync([Pattern("a:*"), Key("k")], start, Call);
        await PassAsync(MaxLoad + TimeSpan.FromMilliseconds(500));
        var page = await Backend.ReadLogAsync(start, Call);
        Assert.Equal([Pattern("a:*")], page.Records.Select(record => record.What));
        Assert.True(page.Floor < page.Records[0].Sequence);
    }

    [Fact]
    public async Task Too_many_patterns_raise_the_floor()
    {
        await using var small = await OpenAsync(Settings with { KeyPrefix = Settings.KeyPrefix + "small:", MaxPatterns = 10 });
        var start = (await small.ReadLogAsync(LogPosition.None, Call)).End;
        var sequences = new List<long>();
        foreach (int i in Enumerable.Range(0, 25))
            sequences.Add((await small.InvalidateAsync([Pattern($"p{i}:*")], start, Call)).Appended);
        var page = await small.ReadLogAsync(start, Call);
        Assert.Equal(10, page.Records.Count);
        Assert.Equal(sequences[14], page.Floor);
        Assert.Equal(sequences.Skip(15), page.Records.Select(record => record.Sequence));
    }

    [Fact]
    public async Task Texts_are_kept_as_they_are()
    {
        string[] texts = ["a'b\"c:*", "値:[!x]?\\*", "{x}|,;\t", new string('k', 5000) + "*"];
        var page = await Backend.InvalidateAsync([.. texts.Select(Pattern), .. texts.Select(Key)], LogPosition.None, Call);
        Assert.Equal([.. texts, .. texts], page.Records.Select(record => record.What.Text));
    }

    [Fact]
    public async Task Who_appends_concurrently_gets_different_numbers_and_sees_the_own_records()
    {
        const int Tasks = 8, Each = 50;
        var other = await AnotherAsync();
        var start = await PresentAsync();
        var numbers = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, Tasks).Select(task => Task.Run(async () =>
        {
            var position = start;
            for (int i = 0; i < Each; i++)
            {
                var page = await (task % 2 == 0 ? Backend : other).InvalidateAsync([Key($"t{task}:{i}")], position, Call);
                Assert.Contains(page.Records, record => record.Sequence == page.Appended && record.What.Text == $"t{task}:{i}");
                numbers.Add(page.Appended);
                position = page.End;
            }
        })));
        Assert.Equal(Tasks * Each, numbers.Distinct().Count());
    }

    [Fact]
    public async Task Who_follows_page_by_page_misses_nothing()
    {
        const int Records = 300;
        var other = await AnotherAsync();
        var position = await PresentAsync();
        var seen = new List<LogRecord>();
        var writing = Task.Run(async () =>
        {
            for (int i = 0; i < Records; i++)
                await other.InvalidateAsync([Pattern($"p{i}:*")], LogPosition.None, Call);
        });
        for (bool isOver = false; !isOver;)
        {
            isOver = writing.IsCompleted; // before the page: what it has then is all there will be
            var page = await Backend.ReadLogAsync(position, Call);
            Assert.Equal(position.Sequence, page.After);
            seen.AddRange(page.Records);
            position = page.End;
        }

        await writing;
        Assert.Equal(Enumerable.Range(0, Records).Select(i => $"p{i}:*"), seen.Select(record => record.What.Text));
    }

    [Fact]
    public async Task A_watcher_is_told_or_the_backend_says_that_it_cannot()
    {
        var other = await AnotherAsync();
        var watcher = new Watcher();
        await using var subscription = await Backend.WatchLogAsync(watcher, CancellationToken.None);
        if (subscription is null)
            return; // polled
        var position = await PresentAsync();
        var page = await other.InvalidateAsync([Pattern("a:*"), Key("k")], position, Call);
        var told = await watcher.UntilAsync(page.Appended);
        Assert.Equal(["a:*", "k"], told.SelectMany(one => one.Records).Where(record => record.Sequence > position.Sequence).Select(record => record.What.Text));
        Assert.All(told, one => Assert.True(one.After < one.Records[0].Sequence && one.UpTo == one.Records[^1].Sequence));
        Assert.True(told[0].After <= position.Sequence, "the first page does not reach back to the position before it");
    }

    private sealed class Watcher : ILogWatcher
    {
        private readonly ConcurrentQueue<LogPage> _pages = new();
        private readonly SemaphoreSlim _arrived = new(0);

        public void OnAppended(LogPage page)
        {
            _pages.Enqueue(page);
            _arrived.Release();
        }

        public void OnInterrupted()
        {
        }

        public async Task<List<LogPage>> UntilAsync(long sequence)
        {
            while (!_pages.Any(page => page.UpTo >= sequence))
                Assert.True(await _arrived.WaitAsync(TimeSpan.FromSeconds(20)), "the watcher was not told");
            return [.. _pages];
        }
    }
}
