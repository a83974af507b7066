namespace CachedAttr.Cli;

/// <summary>Ends a command with one line and an exit code.</summary>
internal sealed class CommandFailure(int code, string message) : Exception(message)
{
    public int Code { get; } = code;
}
