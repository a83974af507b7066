namespace CachedAttr.Backends;

/// <summary>Is told what happens to the invalidation log of a backend.</summary>
public interface ILogWatcher
{
    /// <summary>Records were appended.</summary>
    /// <param name="page">
    /// Reaches from the record before them, <see cref="LogPage.After"/>, to the last of them: who has not followed that far has missed something.
    /// </param>
    void OnAppended(LogPage page);

    /// <summary>Records may have been missed: the connection was lost and is there again. The log has to be read.</summary>
    void OnInterrupted();
}
