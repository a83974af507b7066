using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.Loaders;

/// <summary>The ambient state that a method's key contains: by a parameter, by a member that is ambient, or by a property that reads what is.</summary>
internal sealed class AmbientCoverage
{
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _parameters = new(StringComparer.Ordinal);
    private readonly IMethodSymbol _method;
    private readonly bool _isUnknown;

    public AmbientCoverage(IMethodSymbol method, AmbientMembers members, AmbientReads reads, Compilation compilation, CancellationToken cancellationToken)
    {
        _method = method;
        var context = new MethodContext(method, null, compilation, cancellationToken);
        if (KeyParser.Parse(context, method.FindAttribute(AttributedMethod.CachedName)!, out _, out _) is not { } key || key.Builder is not null)
        {
            // What a KeyBuilder puts into the key is the user's code.
            _isUnknown = true;
            return;
        }

        foreach (var hole in key.Holes)
        {
            string[] path = hole.Text.Split('.');
            if (context.FindParameter(path[0]) is { } parameter)
            {
                _parameters.Add(parameter.Name);
                continue;
            }

            _groups.Add(AmbientReads.GroupOfPath(hole.Text));
            if (context.FindValueMember(path[0]) is { } member)
                AddMember(member, path, members, reads);
            else if (context.FindPrimaryParameter(candidate => candidate.Name == path[0]) is { } primary)
                AddSteps(primary.Type, path, members);
        }
    }

    /// <summary>Whether a read is of something in the key.</summary>
    /// <param name="read">The read.</param>
    /// <param name="loader">The loader, whose parameters are the method's.</param>
    public bool Covers(AmbientRead read, IMethodSymbol loader)
    {
        if (_isUnknown || _groups.Contains(read.Group))
            return true;
        if (read.Parameter is not { } name)
            return false;

        // The parameters of other methods have been given to them by this one.
        bool isOfLoader = SymbolEqualityComparer.Default.Equals(read.Member, loader.OriginalDefinition);
        var own = loader.Parameters.FirstOrDefault(parameter => parameter.Name == name);
        return !isOfLoader || own is null || LoaderFinder.Arguments(loader, _method) is not { } passed || _parameters.Contains(passed[own.Ordinal]);
    }

    private void AddMember(ISymbol member, string[] path, AmbientMembers members, AmbientReads reads)
    {
        if (members.Find(member) is { } listed)
            _groups.Add(AmbientReads.GroupOf(listed, null));
        foreach (var read in reads.ReachableFrom(member))
            _groups.Add(read.Group);
        AddSteps(MethodContext.TypeOf(member), path, members);
    }

    private void AddSteps(ITypeSymbol type, string[] path, AmbientMembers members)
    {
        for (int i = 1; i < path.Length; i++)
        {
            if (members.FindType(type) is { } listed)
                _groups.Add(AmbientReads.GroupOf(listed, path[i - 1]));
            var step = type.SelfAndBases().SelectMany(current => current.GetMembers(path[i])).FirstOrDefault(MethodContext.IsReadableValue);
            if (step is null)
                return;
            if (members.Find(step) is { } member)
                _groups.Add(AmbientReads.GroupOf(member, path[i - 1]));
            type = MethodContext.TypeOf(step);
        }
    }
}
