using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace CachedAttr.Cli;

/// <summary>Writes what a command has to say: tables for people, JSON for programs, one line for faults.</summary>
internal sealed class Output
{
    // Programs that read lines want them whole.
    private const int PipeWidth = 1000;

    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _out;

    public Output(bool json)
    {
        IsJson = json;
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        _out = Console.Out;
        Terminal = AnsiConsole.Create(new AnsiConsoleSettings());
        if (Console.IsOutputRedirected)
            Terminal.Profile.Width = PipeWidth;
    }

    /// <summary>Whether JSON is wanted.</summary>
    public bool IsJson { get; }

    /// <summary>Where people look.</summary>
    public IAnsiConsole Terminal { get; }

    /// <summary>Writes JSON.</summary>
    public void Json(JsonNode? node) => _out.WriteLine(Text(node, Indented));

    /// <summary>Writes JSON in one line, for streams.</summary>
    public void JsonLine(JsonNode? node) => _out.WriteLine(Text(node, Indented with { Indented = false }));

    /// <summary>Writes names and values.</summary>
    public void Facts(IEnumerable<(string Name, string? Value)> facts)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadRight(3)).AddColumn();
        foreach (var (name, value) in facts)
        {
            if (value is not null)
                grid.AddRow(new Text(name), new Text(value));
        }

        Terminal.Write(grid);
    }

    /// <summary>Writes a table.</summary>
    public void Table(IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (string column in columns)
            table.AddColumn(new TableColumn(new Text(column)));
        foreach (var row in rows)
            table.AddRow(row.Select(static cell => new Text(cell)));
        Terminal.Write(table);
    }

    /// <summary>Writes a line as it is.</summary>
    public void Line(string text) => _out.WriteLine(text);

    /// <summary>Tells why it did not work.</summary>
    /// <returns>The exit code.</returns>
    public int Fail(int code, string message)
    {
        Console.Error.WriteLine(IsJson ? Text(new JsonObject { ["error"] = message, ["exitCode"] = code }, Indented with { Indented = false }) : message);
        return code;
    }

    /// <summary>A duration for people.</summary>
    public static string? Span(TimeSpan? span) => span is not { } time ? null
        : time.TotalMilliseconds < 1 && time > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMicroseconds:0} µs")
        : time.TotalSeconds < 1 && time > TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.0} ms")
        : time.TotalSeconds is < 60 and > -60 ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s")
        : time.ToString(time.Days == 0 ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);

    /// <summary>A size for people.</summary>
    public static string? Size(long? bytes) => bytes switch
    {
        null => null,
        < 1000 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} KB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    private static string Text(JsonNode? node, JsonWriterOptions options)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            if (node is null)
                writer.WriteNullValue();
            else
                node.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
