using CachedAttr.Keys;

namespace CachedAttr.Tests.Keys;

public sealed class CompositeHashTests
{
    private delegate void Build(ref CompositeHash hash);

    [Fact]
    public void The_hash_is_22_characters_that_need_no_escape() =>
        Assert.Matches("^[A-Za-z0-9_-]{22}$", Hash((ref CompositeHash hash) => hash.Add("x")));

    [Fact]
    public void Different_things_have_different_hashes()
    {
        Build[] things =
        [
            (ref CompositeHash hash) => hash.AddNull(),
            (ref CompositeHash hash) => hash.Add((string?)""),
            (ref CompositeHash hash) => hash.Add("1"),
            (ref CompositeHash hash) => hash.Add(1),
            (ref CompositeHash hash) => hash.Add('1'),
            (ref CompositeHash hash) => hash.Add(true),
            (ref CompositeHash hash) => hash.Add(false),
            (ref CompositeHash hash) => hash.Add("1"u8),
            (ref CompositeHash hash) => hash.AddEnum(DayOfWeek.Monday),
            (ref CompositeHash hash) => hash.Add("Monday"),
            (ref CompositeHash hash) => List(ref hash, "ab", "c"),
            (ref CompositeHash hash) => List(ref hash, "a", "bc"),
            (ref CompositeHash hash) => List(ref hash, "abc"),
            (ref CompositeHash hash) => List(ref hash, "c", "ab"),
            (ref CompositeHash hash) => List(ref hash),
            (ref CompositeHash hash) => List(ref hash, (string?)null),
            (ref CompositeHash hash) => Set(ref hash, "ab", "c"),
            (ref CompositeHash hash) => Set(ref hash, "ab", "c", "c"),
            (ref CompositeHash hash) => Set(ref hash),
            (ref CompositeHash hash) => Object(ref hash, "A", "x"),
            (ref CompositeHash hash) => Object(ref hash, "B", "x"),
            (ref CompositeHash hash) => { List(ref hash); List(ref hash); },
            (ref CompositeHash hash) => { hash.BeginList(); List(ref hash); hash.EndList(); },
        ];

        Assert.Equal(things.Length, things.Select(Hash).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_order_of_a_set_does_not_count() =>
        Assert.Equal(Hash((ref CompositeHash hash) => Set(ref hash, "a", "b", "c")), Hash((ref CompositeHash hash) => Set(ref hash, "c", "a", "b")));

    [Fact]
    public void Equal_numbers_have_the_same_hash() =>
        Assert.Equal(Hash((ref CompositeHash hash) => hash.Add(1.0m)), Hash((ref CompositeHash hash) => hash.Add(1.00m)));

    [Fact]
    public void A_secret_changes_the_hash()
    {
        string With(string secret)
        {
            var hash = new CompositeHash(System.Text.Encoding.UTF8.GetBytes(secret));
            hash.Add("token");
            return Finish(ref hash);
        }

        Assert.Equal(With("one"), With("one"));
        Assert.NotEqual(With("one"), With("two"));
        Assert.NotEqual(With("one"), Hash((ref CompositeHash hash) => hash.Add("token")));
    }

    [Fact]
    public void A_circle_is_refused_with_the_way_out()
    {
        var exception = Assert.Throws<InvalidOperationException>(() =>
        {
            var hash = new CompositeHash();
            for (int i = 0; i < 100; i++)
                hash.BeginObject("Node");
        });
        Assert.Contains("Node", exception.Message, StringComparison.Ordinal);
        Assert.Contains("[CacheKeyIgnore]", exception.Message, StringComparison.Ordinal);
    }

    private static string Hash(Build build)
    {
        var hash = new CompositeHash();
        build(ref hash);
        return Finish(ref hash);
    }

    private static string Finish(ref CompositeHash hash)
    {
        var writer = new KeyWriter(stackalloc char[64]);
        hash.AppendTo(ref writer);
        hash.Dispose();
        string text = writer.ToString();
        writer.Dispose();
        return text;
    }

    private static void List(ref CompositeHash hash, params string?[] items)
    {
        hash.BeginList();
        foreach (string? item in items)
            hash.Add(item);
        hash.EndList();
    }

    private static void Set(ref CompositeHash hash, params string[] items)
    {
        int set = hash.BeginUnordered();
        foreach (string item in items)
        {
            int element = hash.BeginElement();
            hash.Add(item);
            hash.EndElement(element);
        }

        hash.EndUnordered(set);
    }

    private static void Object(ref CompositeHash hash, string member, string value)
    {
        hash.BeginObject("T");
        hash.Member(member);
        hash.Add(value);
        hash.EndObject();
    }
}
