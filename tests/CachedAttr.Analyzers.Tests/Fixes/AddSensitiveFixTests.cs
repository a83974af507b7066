using CachedAttr.Analyzers.Keys;
using CachedAttr.CodeFixes.Keys;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>Of what looks like a secret only a hash goes into the key.</summary>
public sealed class AddSensitiveFixTests
{
    private static readonly VerifyFix<SensitiveParameterAnalyzer, AddSensitiveFix> Fix = new("CATTR051");

    [Theory]
    [InlineData("\"user:{id}:{password}\"", "int id, string password", "int id, [Sensitive] string password")]
    [InlineData("\"user\"", "[System.ComponentModel.Description(\"x\")] string apiKey, int id", "[System.ComponentModel.Description(\"x\")][Sensitive] string apiKey, int id")]
    [InlineData("@\"user:{request.Password}\"", "Login request", "[Sensitive] Login request")]
    [InlineData("\"user:{request.Name}:{request.Password}\"", "Login request", "[Sensitive] Login request")]
    public Task It_is_marked(string template, string before, string after) => Fix.BecomesAsync(Service(template, before), Service(template, after));

    [Fact]
    public Task All_are_marked() => Fix.AllBecomeAsync(
        Service("\"user\"", "string password, int id, string apiKey"), Service("\"user\"", "[Sensitive] string password, int id, [Sensitive] string apiKey"));

    [Fact]
    public Task A_member_of_the_class_is_left_alone() => Fix.IsNotOfferedAsync(
        "public partial class Service { public string password = \"\"; [Cached(\"user:{id}:{password}\", Ttl = 60)] public partial int Get(int id); int GetCore(int id) => 0; }");

    private static string Service(string template, string parameters)
    {
        string core = string.Join(", ", parameters.Split(", ").Select(parameter => parameter[(parameter.LastIndexOf(']') + 1)..].Trim()));
        return "public sealed record Login(string Name, string Password);\n\npublic partial class Service\n{\n    [Cached(" + template + ", Ttl = 60)]\n    public partial int Get(" + parameters
            + ");\n\n    private static int GetCore(" + core + ") => 0;\n}\n";
    }
}
