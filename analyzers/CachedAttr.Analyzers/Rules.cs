using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers;

/// <summary>Every rule's descriptor. An id is a constant and is never used for anything else again.</summary>
internal static class Rules
{
    /// <summary>What is wrong, and the value that stands there; who reads the message sees the way out in it.</summary>
    public static readonly DiagnosticDescriptor Unbounded = Rule(
        "CATTR001", Category.Expiry, DiagnosticSeverity.Warning,
        "Cached values need a time to live",
        "'{0}' caches without a bound in time: set Ttl, in seconds");

    private static DiagnosticDescriptor Rule(
        string id, string category, DiagnosticSeverity severity, string title, string message, bool isEnabledByDefault = true) =>
        new(id, title, message, category, severity, isEnabledByDefault, helpLinkUri: HelpLink(id));

    private static string HelpLink(string id) => $"https://github.com/cachedattr/cachedattr/blob/main/docs/rules/{id}.md";

    private static class Category
    {
        public const string Expiry = "CachedAttr.Expiry";
    }
}
