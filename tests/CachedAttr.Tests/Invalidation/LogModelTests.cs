namespace CachedAttr.Tests.Invalidation;

public sealed class LogModelTests
{
    private const int Runs = 20_000;

    [Fact]
    public void With_all_guards_no_run_violates_the_promise() => Assert.Equal(0, ViolatingRuns(LogModel.Guards.None));

    [Theory]
    [InlineData("Stamp")]
    [InlineData("Tombstone")]
    [InlineData("Age")]
    [InlineData("Floor")]
    [InlineData("OwnNumbers")]
    [InlineData("Pending")]
    [InlineData("Lowered")]
    [InlineData("Unguarded")]
    public void Without_one_of_the_guards_some_run_violates_it(string guard) =>
        Assert.NotEqual(0, ViolatingRuns(Enum.Parse<LogModel.Guards>(guard)));

    private static int ViolatingRuns(LogModel.Guards off)
    {
        int violating = 0;
        Parallel.For(0, Runs, seed =>
        {
            if (new LogModel(seed, off).Run() > 0)
                Interlocked.Increment(ref violating);
        });
        return violating;
    }
}
