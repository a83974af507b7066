namespace CachedAttr.Generators;

/// <summary>The names of the pipeline's steps, for tests of what an edit makes run again.</summary>
internal static class StepNames
{
    public const string CachedMethods = nameof(CachedMethods);
    public const string InvalidatingMethods = nameof(InvalidatingMethods);
    public const string PuttingMethods = nameof(PuttingMethods);
    public const string Types = nameof(Types);
    public const string Manifest = nameof(Manifest);
}
