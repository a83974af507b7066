using CachedAttr.Keys;
using CachedAttr.Loading;

namespace CachedAttr.AspNetCore.Tests.Browser;

/// <summary>More methods and entries than an application has.</summary>
internal static class LargeCache
{
    public static async Task FillAsync(Cache cache, int methods, int entriesEach)
    {
        for (int i = 0; i < methods; i++)
        {
            var region = new CachedMethod<int, int>("Large.Service", $"Get{i}Async", $"large-{i}:{{id}}", new Codec($"large-{i}:")) { Policy = new() { Ttl = 600 } }.In(cache);
            for (int id = 0; id < entriesEach; id++)
                region.Load(id, id, static (value, _) => value);
            await Task.Yield();
        }
    }

    private sealed class Codec(string head) : KeyCodec<int>
    {
        public override void Write(ref KeyWriter writer, int key)
        {
            writer.AppendLiteral(head);
            writer.Append(key);
        }

        public override bool TryRead(ReadOnlySpan<char> text, out int key)
        {
            key = 0;
            var reader = new KeyReader(text);
            return reader.TryReadLiteral(head) && reader.TryRead(out key) && reader.AtEnd;
        }
    }
}
