namespace CachedAttr.Cli;

/// <summary>What a command's exit code says; documented in docs/cli.md.</summary>
internal static class ExitCodes
{
    /// <summary>It was done, or all is well.</summary>
    public const int Done = 0;

    /// <summary>The answer is no: there is no such entry, something is not well, or nobody has confirmed.</summary>
    public const int No = 1;

    /// <summary>The backend cannot be reached.</summary>
    public const int Unreachable = 2;

    /// <summary>The arguments or settings are wrong.</summary>
    public const int Wrong = 3;
}
