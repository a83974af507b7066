using System.Globalization;

namespace ServerRegistry;

/// <summary>What the sample can be told.</summary>
internal sealed record CommandLine
{
    public const string Help = """
        A registry of MCP servers on SQLite, cached by attribute.

          dotnet run -c Release --project samples/ServerRegistry [-- OPTIONS]          a tour that ends by itself
          dotnet run -c Release --project samples/ServerRegistry -- serve [OPTIONS]    an HTTP API on 127.0.0.1

        Options:
          --data PATH       servers to begin with, a JSON file; without it they are made up
          --servers N       how many servers there are, the given ones repeated (20000)
          --database PATH   the database file, made anew (a temporary one)
          --urls URL        where the API listens (http://127.0.0.1:5080)
          --help            this text
        """;

    public bool Serve { get; private init; }

    public bool ShowHelp { get; private init; }

    public string? Data { get; private init; }

    public string? Database { get; private init; }

    public int Servers { get; private init; } = 20_000;

    public string Urls { get; private init; } = "http://127.0.0.1:5080";

    /// <exception cref="FormatException">An argument is not understood; the message names it.</exception>
    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (int i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{arguments[i - 1]} needs a value.");
            line = arguments[i] switch
            {
                "serve" => line with { Serve = true },
                "--help" or "-h" => line with { ShowHelp = true },
                "--data" => line with { Data = Value() },
                "--database" => line with { Database = Value() },
                "--urls" => line with { Urls = Url(Value()) },
                "--servers" => line with { Servers = Count(Value()) },
                var other => throw new FormatException($"'{other}' is not an option. See --help."),
            };
        }

        return line;
    }

    private static string Url(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https")
            ? text
            : throw new FormatException($"--urls {text}: it must be like http://127.0.0.1:5080.");

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 10 and <= 1_000_000
            ? count
            : throw new FormatException($"--servers {text}: it must be a whole number from 10 to 1000000.");
}
