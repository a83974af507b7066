namespace CachedAttr.Tests.Invalidation;

public sealed class LogModelTests
{
    private const int Runs = 20_000;
    private const int MostRunsUntilOneViolates = 200_000;

    [Fact]
    public void With_all_guards_no_run_violates_the_promise() => Assert.False(SomeRunViolates(LogModel.Guards.None, Runs));

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
        Assert.True(SomeRunViolates(Enum.Parse<LogModel.Guards>(guard), MostRunsUntilOneViolates));

    private static bool SomeRunViolates(LogModel.Guards off, int runs) => ParallelEnumerable.Range(0, runs).Any(seed => new LogModel(seed, off).Run() > 0);
}
