using System.Collections.Immutable;
using CachedAttr.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace CachedAttr.Analyzers;

/// <summary>Every rule's descriptor. An id is a constant and is never used for anything else again.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor Unbounded = Rule(
        "CATTR001", Category.Expiry, DiagnosticSeverity.Warning,
        "Cached values need a time to live",
        "'{0}' caches without a bound in time: set Ttl, in seconds");

    public static readonly DiagnosticDescriptor NumberOutOfRange = Rule(
        RuleIds.NumberOutOfRange, Category.Expiry, DiagnosticSeverity.Error,
        "A number of the attribute is out of range",
        "{0} = {1} is out of range: {2}");

    public static readonly DiagnosticDescriptor MethodNotPartial = Rule(
        RuleIds.MethodNotPartial, Category.Declaration, DiagnosticSeverity.Error,
        "A cached or invalidating method is partial",
        "'{0}' {1}: its body goes into '{2}', and the build writes this one");

    public static readonly DiagnosticDescriptor TypeNotPartial = Rule(
        RuleIds.TypeNotPartial, Category.Declaration, DiagnosticSeverity.Error,
        "The type of such a method is partial",
        "'{0}' has to be a partial class, struct or record that others can name");

    public static readonly DiagnosticDescriptor NoLoader = Rule(
        RuleIds.NoLoader, Category.Declaration, DiagnosticSeverity.Error,
        "A method needs something to do",
        "'{0}' has no '{1}' with the same parameters and return type{2}");

    public static readonly DiagnosticDescriptor ReturnTypeNotCacheable = Rule(
        RuleIds.ReturnTypeNotCacheable, Category.Declaration, DiagnosticSeverity.Error,
        "The result cannot be cached",
        "'{0}' returns {1}, which cannot be given to two callers: cache T, Task<T> or ValueTask<T> of something that stays as it is");

    public static readonly DiagnosticDescriptor ParameterNotCacheable = Rule(
        RuleIds.ParameterNotCacheable, Category.Declaration, DiagnosticSeverity.Error,
        "The parameter cannot be part of a cached call",
        "'{0}' is a reference, a pointer or a ref struct, which a cached or asynchronous body cannot keep");

    public static readonly DiagnosticDescriptor NoSuchMethod = Rule(
        RuleIds.NoSuchMethod, Category.Declaration, DiagnosticSeverity.Error,
        "The named method is missing or of another shape",
        "{0} = '{1}' names no method that can be called here: it returns what is asked for, and takes parameters of the method by name");

    public static readonly DiagnosticDescriptor UnreachableCache = Rule(
        RuleIds.UnreachableCache, Category.Declaration, DiagnosticSeverity.Error,
        "The cache cannot be reached",
        "The primary constructor's parameter '{0}' is hidden by a parameter of the method: rename one of them, or keep the cache in a field");

    public static readonly DiagnosticDescriptor NoSuchCache = Rule(
        RuleIds.NoSuchCache, Category.Declaration, DiagnosticSeverity.Error,
        "The named cache is missing",
        "Cache = '{0}' names no cache that the method can reach: give the class a member or primary constructor parameter of type Cache with [FromKeyedServices(\"{0}\")], or of that name");

    public static readonly DiagnosticDescriptor OtherCache = Rule(
        RuleIds.OtherCache, Category.Declaration, DiagnosticSeverity.Warning,
        "The method does not use the cache of its class",
        "'{0}' uses Cache.Default, because it cannot reach '{1}': {2}");

    public static readonly DiagnosticDescriptor ConflictingAttributes = Rule(
        RuleIds.ConflictingAttributes, Category.Declaration, DiagnosticSeverity.Error,
        "A method caches or invalidates",
        "'{0}' has [Cached] and [InvalidateCache]: a hit would not invalidate; use two methods");

    public static readonly DiagnosticDescriptor BadTemplate = Rule(
        RuleIds.BadTemplate, Category.Keys, DiagnosticSeverity.Error,
        "The template or pattern is malformed",
        "The template cannot be used: {0}");

    public static readonly DiagnosticDescriptor ParameterNotInKey = Rule(
        RuleIds.ParameterNotInKey, Category.Keys, DiagnosticSeverity.Error,
        "A parameter is not in the key",
        "'{0}' is not in the key, so calls that differ in it share one value: add {{{0}}} to the template, or mark it [CacheKeyIgnore]");

    public static readonly DiagnosticDescriptor NoKeyForm = Rule(
        RuleIds.NoKeyForm, Category.Keys, DiagnosticSeverity.Error,
        "A value has no form in a key",
        "'{0}' has no form in a key, because of {1}: put what identifies it into the template, as in '{{user.Id}}', mark members with [CacheKey], or leave it out by [CacheKeyIgnore]");

    public static readonly DiagnosticDescriptor NotSerializable = Rule(
        RuleIds.NotSerializable, Category.Results, DiagnosticSeverity.Warning,
        "The result cannot leave the process",
        "The result of '{0}' cannot be written for a backend ({1}: {3}), so it is cached in this process only: change that, give the cache a serializer, or say so by Tiers = CacheTiers.Local");

    /// <summary>What the parsers find, which the generator passes over: no code is generated for such a method.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> OfParsers =
    [
        NumberOutOfRange, MethodNotPartial, TypeNotPartial, NoLoader, ReturnTypeNotCacheable, ParameterNotCacheable, NoSuchMethod,
        UnreachableCache, ConflictingAttributes, NoSuchCache, OtherCache, BadTemplate, ParameterNotInKey, NoKeyForm, NotSerializable,
    ];

    public static readonly DiagnosticDescriptor TtlTooLong = Rule(
        "CATTR002", Category.Expiry, DiagnosticSeverity.Warning,
        "A time to live is over the maximum",
        "'{0}' caches for {1} = {2}, longer than the {3} that are allowed: shorten it, or raise {4} in .editorconfig");

    public static readonly DiagnosticDescriptor ContradictingTimes = Rule(
        "CATTR004", Category.Expiry, DiagnosticSeverity.Warning,
        "The times contradict each other",
        "{0} = {1} does not go with the other times: {2}");

    public static readonly DiagnosticDescriptor SharedKey = Rule(
        "CATTR023", Category.Keys, DiagnosticSeverity.Warning,
        "Two methods can produce the same key",
        "'{0}' and '{1}' can both produce the key '{2}', so one can be given the other's value: begin their templates differently");

    public static readonly DiagnosticDescriptor InformationLost = Rule(
        "CATTR024", Category.Keys, DiagnosticSeverity.Warning,
        "Different arguments are written alike",
        "{0}, so different calls share one value: {1}");

    public static readonly DiagnosticDescriptor MatchesNothing = Rule(
        "CATTR030", Category.Invalidation, DiagnosticSeverity.Warning,
        "The pattern matches no cached method",
        "{0}, so nothing is invalidated{1}");

    public static readonly DiagnosticDescriptor MatchesEverything = Rule(
        "CATTR031", Category.Invalidation, DiagnosticSeverity.Warning,
        "The pattern matches everything",
        "'{0}' empties the whole cache, that of every other method included: name what changes, such as '{1}'");

    public static readonly DiagnosticDescriptor NeverInvalidated = Rule(
        "CATTR032", Category.Invalidation, DiagnosticSeverity.Warning,
        "Nothing invalidates a cached method",
        "Nothing invalidates '{0}', so its values are served until they expire: add [InvalidateCache(\"{1}\")] to what changes them", isEnabledByDefault: false);

    public static readonly DiagnosticDescriptor SharedMutable = Rule(
        "CATTR041", Category.Results, DiagnosticSeverity.Warning,
        "The cached type is mutable",
        "All callers of '{0}' share one instance, and it can be changed: {1}; {2}");

    public static readonly DiagnosticDescriptor AmbientState = Rule(
        "CATTR050", Category.Loaders, DiagnosticSeverity.Warning,
        "The loader reads what the key does not contain",
        "'{0}' reads {1}, which is not in the key of '{2}': what one caller gets is served to all others; {3}");

    public static readonly DiagnosticDescriptor SecretInKey = Rule(
        "CATTR051", Category.Keys, DiagnosticSeverity.Warning,
        "A secret is readable in the key",
        "'{0}' looks like a secret and stands readable in the key, in the backend, in logs and on dashboards: mark it [Sensitive]");

    public static readonly DiagnosticDescriptor CoreCalled = Rule(
        "CATTR060", Category.Loaders, DiagnosticSeverity.Warning,
        "The Core of a method is called directly",
        "'{0}' {1}: call '{2}'");

    private static DiagnosticDescriptor Rule(
        string id, string category, DiagnosticSeverity severity, string title, string message, bool isEnabledByDefault = true) =>
        new(id, title, message, category, severity, isEnabledByDefault, helpLinkUri: HelpLink(id));

    // The place of the page in the repository: it has no address yet, and this is where one is put in front when it has.
    private static string HelpLink(string id) => $"docs/rules/{id}.md";

    private static class Category
    {
        public const string Expiry = "CachedAttr.Expiry";
        public const string Declaration = "CachedAttr.Declaration";
        public const string Keys = "CachedAttr.Keys";
        public const string Results = "CachedAttr.Results";
        public const string Invalidation = "CachedAttr.Invalidation";
        public const string Loaders = "CachedAttr.Loaders";
    }
}
