using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace CachedAttr.Hosting;

/// <summary>The cached methods of the program's assemblies, by the manifests that the generator wrote into them.</summary>
internal static class MethodCatalog
{
    private static readonly string LibraryName = typeof(MethodCatalog).Assembly.GetName().Name!;

    /// <summary>
    /// All manifests: of the assemblies that are loaded, and of those that the entry assembly refers to, directly or through others, loaded or not,
    /// because at start-up most are not.
    /// </summary>
    public static IReadOnlyList<CachedMethodManifestAttribute> Find() =>
        [.. Assemblies().SelectMany(static assembly => assembly.GetCustomAttributes<CachedMethodManifestAttribute>())];

    /// <summary>The program's assemblies that may have cached methods.</summary>
    public static IReadOnlyCollection<Assembly> Assemblies()
    {
        var assemblies = new HashSet<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(MayHaveCachedMethods));
        var pending = new Queue<Assembly>(assemblies);
        while (pending.TryDequeue(out var assembly))
        {
            foreach (var name in References(assembly))
            {
                if (!IsFramework(name) && Load(name) is { } referenced && assemblies.Add(referenced))
                    pending.Enqueue(referenced);
            }
        }

        return assemblies;
    }

    private static bool MayHaveCachedMethods(Assembly assembly) => !assembly.IsDynamic && !IsFramework(assembly.GetName());

    private static bool IsFramework(AssemblyName name) =>
        name.Name is null || name.Name.StartsWith("System.", StringComparison.Ordinal) || name.Name.StartsWith("Microsoft.", StringComparison.Ordinal)
        || string.Equals(name.Name, LibraryName, StringComparison.Ordinal);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "An assembly that was trimmed away has no method that could be configured.")]
    private static AssemblyName[] References(Assembly assembly) => assembly.GetReferencedAssemblies();

    private static Assembly? Load(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException)
        {
            return null; // A reference that is not deployed; the program does not need it either.
        }
    }
}
