namespace CachedAttr.AspNetCore.Tests;

/// <summary>A second class of cached methods, for the graph.</summary>
public sealed partial class NoteService(Cache cache)
{
    [Cached("item:{id}:notes", Ttl = 3600)]
    public partial string GetNote(string id);

    [Cached("statistics", Ttl = 30)]
    public partial int CountNotes();

    [InvalidateCache("item:{id}:*", "statistics")]
    public partial void AddNote(string id);

    [InvalidateCache("item:*", "items:*", "statistics")]
    public partial void Import();

    private string GetNoteCore(string id) => id;

    private int CountNotesCore() => 1;

    private void AddNoteCore(string id)
    {
    }

    private void ImportCore()
    {
    }
}
