namespace CachedAttr.Benchmarks.Serialization;

/// <summary>Deep copies, made in the cheapest way: what reading must allocate at least.</summary>
public static class ObjectCopy
{
    public static ServerRecord Of(ServerRecord value) => new(
        value.Id,
        value.Key,
        Of(value.Name),
        Of(value.Description),
        value.State,
        value.Created,
        value.Deprecated,
        value.Downloads,
        value.Rating,
        value.Price,
        value.Verified,
        new Owner(value.Owner.Id, Of(value.Owner.Name), value.Owner.Mail is null ? null : Of(value.Owner.Mail)),
        List(value.Tags, Of),
        Labels(value.Labels),
        List(value.Releases, static r => new Release(r.Major, r.Minor, r.Patch, r.Published, r.Size)));

    public static List<Tool> Of(List<Tool> tools) => List(tools, static t =>
        new Tool(t.Id, Of(t.Name), Of(t.Description), t.Calls, t.Errors, t.MeanMilliseconds, t.Enabled, t.LastUsed));

    private static string Of(string text) => new(text.AsSpan());

    private static List<T> List<T>(List<T> values, Func<T, T> copy)
    {
        List<T> copies = new(values.Count);
        foreach (T value in values)
            copies.Add(copy(value));
        return copies;
    }

    private static Dictionary<string, string> Labels(Dictionary<string, string> labels)
    {
        Dictionary<string, string> copies = new(labels.Count);
        foreach ((string key, string value) in labels)
            copies.Add(Of(key), Of(value));
        return copies;
    }
}
