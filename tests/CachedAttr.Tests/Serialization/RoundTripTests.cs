using FsCheck;
using FsCheck.Fluent;

namespace CachedAttr.Tests.Serialization;

public sealed class RoundTripTests
{
    private const int Cases = 10_000;

    public static TheoryData<string> Names => [.. Families.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void What_is_read_equals_what_was_written(string name)
    {
        Family family = Families.All[name];
        Arbitrary<int> seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Config config = Config.QuickThrowOnFailure.WithMaxTest(Cases).WithReplay(20260314, 271828183);
        Prop.ForAll(seeds, seed => Assert.Null(family.Check(seed))).Check(config);
    }
}
