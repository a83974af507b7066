using RoslynHarness;

namespace CachedAttr.Generators.Tests.Running;

/// <summary>A cached or invalidating method as a user writes it: compiled with the generator and without a warning, loaded, and called.</summary>
/// <param name="Files">The user's files.</param>
internal sealed record Shape(params IReadOnlyList<string> Files)
{
    private const string Caller = "Caller";

    /// <summary>Whether documentation comments are checked.</summary>
    public bool IsDocumented { get; init; }

    /// <summary>Warnings that the user has switched off.</summary>
    public IReadOnlyList<string> NoWarn { get; init; } = [];

    /// <summary>Runs statements on a shape of one file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="statements">What calls it, with <c>cache</c> and <c>calls</c>.</param>
    public static Task RunAsync(string source, string statements) => new Shape(source).RunAsync(statements);

    /// <summary>Runs statements, which have a new <c>cache</c> and new <c>calls</c>.</summary>
    public async Task RunAsync(string statements)
    {
        using var assembly = Generate(statements).Load();
        using var cache = Cache.Create();
        await assembly.InvokeAsync(Caller, "RunAsync", cache, new Calls());
    }

    public GeneratedProject Generate(string statements = "") => Project(statements).Generate();

    public SourceProject Project(string statements)
    {
        // On a line of its own each, so that the compiler's positions are those of the statements.
        string caller = $$"""
            using Xunit;
            using Calls = CachedAttr.Generators.Tests.Running.Calls;
            #pragma warning disable CS1998, CS1591
            public static class {{Caller}}
            {
                public static async Task RunAsync(Cache cache, Calls calls)
                {
            {{statements}}
                }
            }
            """;
        return SourceProject.Of([.. Files, caller, "global using CachedAttr.Generators.Tests.Running;"]) with { IsDocumented = IsDocumented, NoWarn = [.. NoWarn] };
    }
}
