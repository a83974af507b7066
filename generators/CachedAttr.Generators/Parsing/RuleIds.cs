namespace CachedAttr.Generators.Parsing;

/// <summary>The rules that parsing can find broken.</summary>
internal static class RuleIds
{
    public const string NumberOutOfRange = "CATTR003";
    public const string MethodNotPartial = "CATTR010";
    public const string TypeNotPartial = "CATTR011";
    public const string NoLoader = "CATTR012";
    public const string ReturnTypeNotCacheable = "CATTR013";
    public const string ParameterNotCacheable = "CATTR014";
    public const string NoSuchMethod = "CATTR015";
    public const string UnreachableCache = "CATTR016";
    public const string ConflictingAttributes = "CATTR017";
    public const string NoSuchCache = "CATTR018";
    public const string OtherCache = "CATTR019";
    public const string BadTemplate = "CATTR020";
    public const string ParameterNotInKey = "CATTR021";
    public const string NoKeyForm = "CATTR022";
    public const string NotSerializable = "CATTR040";
}
