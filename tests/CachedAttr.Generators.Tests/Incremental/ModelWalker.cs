using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Generators.Tests.Incremental;

/// <summary>Walks everything that a model refers to, and fails on anything that would keep a compilation alive or compare by identity.</summary>
internal static class ModelWalker
{
    public static void Visit(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true })
            return;
        Assert.False(
            value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location or AttributeData or SyntaxReference or Diagnostic or Delegate,
            $"{path} is a {value.GetType()}");
        if (!value.GetType().IsValueType && !seen.Add(value))
            return;
        if (value is IEnumerable items)
        {
            foreach (object? item in items)
                Visit(item, path + "[]", seen);
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            Assert.False(type.Namespace?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true, $"{path} is a {type}");
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true || type.IsArray)
                    Visit(field.GetValue(value), $"{path}.{field.Name}", seen);
            }
        }
    }
}
