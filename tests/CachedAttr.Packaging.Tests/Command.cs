using System.Diagnostics;

namespace CachedAttr.Packaging.Tests;

/// <summary>Runs a program to its end.</summary>
internal static class Command
{
    /// <summary>Its output, if it ended well.</summary>
    public static async Task<string> RunAsync(string command, params string[] arguments)
    {
        var (code, output) = await TryAsync(command, arguments);
        Assert.True(code == 0, $"{command} {string.Join(' ', arguments)}\nended with {code}:\n{output}");
        return output;
    }

    /// <summary>Its exit code and all that it wrote.</summary>
    public static async Task<(int Code, string Output)> TryAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };

        // What the run of these tests has set would hold for the builds as well.
        foreach (string name in start.Environment.Keys.Where(static name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }
}
