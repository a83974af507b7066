using System.Diagnostics;
using System.Text.RegularExpressions;

namespace CachedAttr.Cli.Tests;

/// <summary>Runs the command line as a process.</summary>
internal static partial class Tool
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "CachedAttr.Cli.dll");

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add(Assembly);
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    public static async Task<Result> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Runs it where it believes that somebody is looking.</summary>
    /// <returns>What is to be seen, without the sequences that move the cursor and color.</returns>
    public static async Task<string> RunInTerminalAsync(params string[] arguments)
    {
        string command = string.Join(' ', new[] { "dotnet", Assembly }.Concat(arguments).Select(static argument => $"'{argument}'"));
        var start = new ProcessStartInfo("script", ["-qec", command, "/dev/null"]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["TERM"] = "xterm-256color";
        using var process = Process.Start(start)!;
        string shown = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Xunit.Assert.Equal(ExitCodes.Done, process.ExitCode);
        return Control().Replace(shown, "");
    }

    [GeneratedRegex("\\e\\[[0-9;?]*[A-Za-z]|\\e[=>]", RegexOptions.None, 1000)]
    private static partial Regex Control();

    internal sealed record Result(int Code, string Output, string Error);
}
