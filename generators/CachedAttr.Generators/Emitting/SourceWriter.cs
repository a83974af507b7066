using System.Text;

namespace CachedAttr.Generators.Emitting;

/// <summary>Writes lines of code, indented by the blocks around them.</summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;

    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _isAtStart = true;

    /// <summary>Writes one or more lines.</summary>
    public void WriteLine(string lines)
    {
        foreach (string line in lines.Split('\n'))
        {
            string trimmed = line.TrimEnd('\r');
            if (trimmed.Length > 0)
                _text.Append(' ', trimmed[0] == '#' ? 0 : _depth * IndentSize).Append(trimmed);
            _text.Append('\n');
        }

        _isAtStart = false;
    }

    /// <summary>Writes an empty line between two members of a block.</summary>
    public void Separate()
    {
        if (!_isAtStart)
            _text.Append('\n');
        _isAtStart = true;
    }

    public void Open(string header)
    {
        WriteLine(header + "\n{");
        _depth++;
        _isAtStart = true;
    }

    public void Close()
    {
        _depth--;
        WriteLine("}");
    }

    /// <summary>Writes lines one level deeper: the rest of a statement.</summary>
    public void WriteContinued(string lines)
    {
        _depth++;
        WriteLine(lines);
        _depth--;
    }

    public override string ToString() => _text.ToString();
}
