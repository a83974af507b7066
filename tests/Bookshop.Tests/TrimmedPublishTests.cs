using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Bookshop.Tests;

/// <summary>The converted application runs when it is published trimmed and self-contained, finds after a restart what it has cached, and nothing of ours warns.</summary>
public sealed partial class TrimmedPublishTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("bookshop-trimmed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_converted_application_runs_trimmed_and_keeps_its_cache_over_a_restart()
    {
        string project = Path.Combine(Root(), "samples", "Bookshop", "After");
        string published = await RunAsync(
            "dotnet", "publish", project, "-c", "Release", "-r", "linux-x64", "--self-contained", "-o", Path.Combine(_folder, "app"), "--nologo", "-nodeReuse:false",
            "-p:SuppressTrimAnalysisWarnings=false", "-p:TrimmerSingleWarn=false", "-p:ILLinkTreatWarningsAsErrors=false");
        Assert.DoesNotContain(published.Split('\n'), line => OurWarning().IsMatch(line));
        Assert.False(File.Exists(Path.Combine(_folder, "app", "Microsoft.VisualBasic.Core.dll")), "Nothing was trimmed.");

        Assert.Equal(["fwd", "hit local"], await VisitAsync(async http => [await StatusOfAsync(http), await StatusOfAsync(http)]));
        Assert.Equal(["hit backend", "4200"], await VisitAsync(async http =>
        {
            string first = await StatusOfAsync(http);
            using var price = new StringContent("""{"priceInCents": 4200}""", Encoding.UTF8, "application/json");
            (await http.PutAsync("/books/1/price", price)).EnsureSuccessStatusCode();
            return [first, (await http.GetStringAsync("/books/1")).Contains("\"priceInCents\":4200", StringComparison.Ordinal) ? "4200" : "old"];
        }));
    }

    /// <summary>Starts the application, asks it, and ends it as a host does.</summary>
    private async Task<string[]> VisitAsync(Func<HttpClient, Task<string[]>> visit)
    {
        const string Listening = "Now listening on: ";
        using var process = Process.Start(new ProcessStartInfo(
            Path.Combine(_folder, "app", "Bookshop.After"), ["--urls", "http://127.0.0.1:0", "--ConnectionStrings:Shop", $"Data Source={Path.Combine(_folder, "shop.db")}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = Path.Combine(_folder, "app"),
            Environment = { ["CachedAttr__Backend"] = "file", ["CachedAttr__File__Directory"] = _folder },
        })!;
        try
        {
            string? line;
            do
                line = await process.StandardOutput.ReadLineAsync();
            while (line?.Contains(Listening, StringComparison.Ordinal) == false);
            Assert.True(line is not null, "The application has not started.");
            using var http = new HttpClient { BaseAddress = new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..]) };
            string[] seen = await visit(http);
            await RunAsync("kill", "-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return seen;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static async Task<string> StatusOfAsync(HttpClient http)
    {
        using var response = await http.GetAsync("/books/1");
        string status = response.EnsureSuccessStatusCode().Headers.GetValues("Cache-Status").Single();
        return !status.Contains("; hit", StringComparison.Ordinal) ? "fwd" : status.Contains("backend", StringComparison.Ordinal) ? "hit backend" : "hit local";
    }

    private static async Task<string> RunAsync(string command, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(command, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output + await error);
        return output;
    }

    private static string Root([CallerFilePath] string path = "")
    {
        string? folder = Path.GetDirectoryName(path);
        while (!File.Exists(Path.Combine(folder!, "CachedAttr.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder!;
    }

    [GeneratedRegex(@"warning IL\d{4}: (Assembly ')?(CachedAttr|Bookshop)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OurWarning();
}
