using System.Globalization;

namespace CachedAttr.Generators.Emitting;

/// <summary>Gives out names that are not taken.</summary>
internal sealed class NameScope(params IEnumerable<string> taken)
{
    private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

    /// <summary>The name, with a number if it is taken; taken from now on.</summary>
    public string Take(string name)
    {
        string free = name;
        for (int i = 2; !_taken.Add(free); i++)
            free = name + i.ToString(CultureInfo.InvariantCulture);
        return free;
    }

    /// <summary>The identifiers that an expression begins with or consists of, so that no local hides what it means.</summary>
    public static IEnumerable<string> IdentifiersIn(string expression) => expression.Split('.', '?', '(', ')', ' ', '@', ':').Where(part => part.Length > 0);
}
