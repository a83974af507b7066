using CachedAttr.CodeFixes.Declarations;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>The method that an attribute names is found or written.</summary>
public sealed class NameMethodFixTests
{
    private const string Nothing = "throw new NotImplementedException();";

    private static readonly VerifyFix<DeclarationAnalyzer, NameMethodFix> Fix = new("CATTR015");

    [Theory]
    [InlineData("When = \"isOn\"", "When = nameof(IsOn)")]
    [InlineData("When = @\"IsNo\" /* sometimes */", "When = nameof(IsOn) /* sometimes */")]
    [InlineData("Unless = \"IsEmtpy\"", "Unless = nameof(IsEmpty)")]
    [InlineData("KeyBuilder = \"Keys\"", "KeyBuilder = nameof(Key)")]
    public Task The_nearest_that_would_do_is_named(string before, string after) => Fix.BecomesAsync(Service(before, ""), Service(after, ""));

    [Theory]
    [InlineData("When = \"MayCache\"", "private bool MayCache(int id, DateOnly? day) => " + Nothing)]
    [InlineData("Unless = \"Fails\"", "private bool Fails(List<string?> result) => " + Nothing)]
    [InlineData("KeyBuilder = \"BuildIt\"", "private string BuildIt(int id, DateOnly? day) => " + Nothing)]
    public Task One_is_written(string property, string written) => Fix.BecomesAsync(Service(property, ""), Service(property, "\n    " + written + "\n"));

    [Fact]
    public Task For_a_static_method_it_is_static() => Fix.BecomesAsync(
        "public partial class S { [Cached(Ttl = 60, When = \"MayCache\")] public static partial int Get(); static int GetCore() => 0; }",
        "public partial class S { [Cached(Ttl = 60, When = \"MayCache\")] public static partial int Get(); private static bool MayCache() => throw new NotImplementedException(); static int GetCore() => 0; }");

    [Fact]
    public Task An_invalidation_has_conditions_too() => Fix.BecomesAsync(
        "public partial class S { [InvalidateCache(\"x\", When = \"hasChanged\")] public partial bool Set(int id); bool SetCore(int id) => true; bool HasChanged(bool result) => result; }",
        "public partial class S { [InvalidateCache(\"x\", When = nameof(HasChanged))] public partial bool Set(int id); bool SetCore(int id) => true; bool HasChanged(bool result) => result; }");

    [Fact]
    public Task A_cached_method_is_named() => Fix.BecomesAsync(
        "public partial class S { [Cached(Ttl = 60)] public partial int Find(int id); int FindCore(int id) => 0; int Fin() => 0; [InvalidateCache(Method = \"Fnd\")] public partial bool Set(int id); bool SetCore(int id) => Fin() > 0; }",
        "public partial class S { [Cached(Ttl = 60)] public partial int Find(int id); int FindCore(int id) => 0; int Fin() => 0; [InvalidateCache(Method = nameof(Find))] public partial bool Set(int id); bool SetCore(int id) => Fin() > 0; }");

    [Fact]
    public Task All_of_a_document_at_once() => Fix.AllBecomeAsync(
        Service("When = \"isOn\", Unless = \"isEmpty\"", ""), Service("When = nameof(IsOn), Unless = nameof(IsEmpty)", ""));

    [Theory]
    [InlineData("When = nameof(IsEmpty)")] // of another shape: which of the two is meant?
    [InlineData("Unless = \"GetCoreAsync\"")]
    [InlineData("When = \"is it on?\"")]
    public Task What_is_not_clear_is_left_alone(string property) => Fix.IsNotOfferedAsync(Service(property, ""));

    private static string Service(string property, string written) =>
        "public partial class Service\n{\n    [Cached(\"x\", Ttl = 60, " + property + ")]\n    public partial Task<List<string?>> GetAsync(int id, DateOnly? day, CancellationToken ct = default);\n" + written
        + "\n    private static Task<List<string?>> GetCoreAsync(int id, DateOnly? day, CancellationToken ct) => throw new InvalidOperationException();\n\n    private bool IsOn(int id) => id > 1;\n\n"
        + "    private bool IsEmpty(List<string?> result) => result.Count == 0;\n\n    private string Key(int id, DateOnly? day) => $\"{id}\" + day;\n}\n";
}
