using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers.Loaders;

/// <summary>The members that say who is calling, where and when: state that is in no parameter.</summary>
/// <param name="names">Full names of types, for all of their members, and of single members.</param>
internal sealed class AmbientMembers(IReadOnlyCollection<string> names)
{
    /// <summary>The members that are known without any setting.</summary>
    public static readonly string[] Default =
    [
        "Microsoft.AspNetCore.Http.HttpContext", "Microsoft.AspNetCore.Http.IHttpContextAccessor",
        "System.Security.Claims.ClaimsPrincipal", "System.Security.Claims.ClaimsIdentity",
        "System.Security.Principal.IPrincipal", "System.Security.Principal.IIdentity",
        "System.Security.Principal.WindowsIdentity", "System.Threading.Thread.CurrentPrincipal",
        "System.Globalization.CultureInfo.CurrentCulture", "System.Globalization.CultureInfo.CurrentUICulture",
        "System.Threading.Thread.CurrentCulture", "System.Threading.Thread.CurrentUICulture",
        "System.Globalization.RegionInfo.CurrentRegion", "System.Threading.AsyncLocal",
        "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now",
        "System.DateTimeOffset.UtcNow", "System.TimeProvider.GetUtcNow", "System.TimeProvider.GetLocalNow",
        "System.TimeZoneInfo.Local", "System.TimeProvider.LocalTimeZone",
        "System.Random", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Environment.GetEnvironmentVariable", "System.Environment.GetEnvironmentVariables",
    ];

    // What stands for the same thing: a hole of one covers a read of another.
    private static readonly (string Beginning, string Group)[] Groups =
    [
        ("Microsoft.AspNetCore.Http.", "caller"), ("System.Security.Claims.", "caller"),
        ("System.Security.Principal.", "caller"), ("System.Threading.Thread.CurrentPrincipal", "caller"),
        ("System.Globalization.", "culture"), ("System.Threading.Thread.Current", "culture"),
        ("System.DateTime", "time"), ("System.TimeProvider.Get", "time"), ("System.TimeProvider.LocalTimeZone", "time zone"), ("System.TimeZoneInfo", "time zone"), ("System.Random", "chance"), ("System.Guid", "chance"),
        ("System.Environment.", "environment"),
    ];

    /// <summary>The name under which a member is listed; null if it is not.</summary>
    public string? Find(ISymbol member)
    {
        if (member is IMethodSymbol { MethodKind: MethodKind.Constructor })
            return null;
        for (INamedTypeSymbol? type = member.ContainingType; type is not null; type = type.BaseType)
        {
            string name = NameOf(type);
            if (names.Contains(name))
                return name;
            if (names.Contains(name + "." + member.Name))
                return name + "." + member.Name;
        }

        return null;
    }

    /// <summary>Whether a type is listed with all its members, or derives from one that is.</summary>
    public string? FindType(ITypeSymbol? type)
    {
        for (var current = type as INamedTypeSymbol; current is not null; current = current.BaseType)
        {
            if (NameOf(current) is var name && names.Contains(name))
                return name;
        }

        return null;
    }

    /// <summary>What a listed member is about.</summary>
    public static string GroupOf(string name)
    {
        foreach (var (beginning, group) in Groups)
        {
            if (name.StartsWith(beginning, StringComparison.Ordinal))
                return group;
        }

        return name;
    }

    private static string NameOf(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? NameOf(outer) + "." + type.Name
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() + "." + type.Name
        : type.Name;
}
