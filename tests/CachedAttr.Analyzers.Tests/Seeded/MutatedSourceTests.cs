using CachedAttr.Analyzers.Tests.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RoslynHarness;

namespace CachedAttr.Analyzers.Tests.Seeded;

/// <summary>No analyzer throws on code that is being typed: tokens deleted, swapped, doubled, cut off.</summary>
public sealed class MutatedSourceTests
{
    private const int MutationsOfAService = 6;

    public static TheoryData<string> Names => [.. SeededService.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task No_analyzer_throws(string name)
    {
        var service = SeededService.Read(name);
        var random = new Random(SeededService.Names.ToList().IndexOf(name));
        for (int i = 0; i < MutationsOfAService; i++)
        {
            var project = SourceProject.Of(Mutate(i % 2 == 0 ? service.Clean : service.Buggy, i, random));
            Assert.Null(project.Generate().Exception);
            await Verify.DiagnosticsAsync(project, AllRules.Analyzers()); // which fails on AD0001
        }
    }

    [Fact]
    public void There_are_at_least_three_hundred() => Assert.True(SeededService.Names.Count * MutationsOfAService >= 300);

    private static string Mutate(string source, int kind, Random random)
    {
        var tokens = SyntaxFactory.ParseTokens(source).Select(token => token.ToFullString()).ToList();
        switch (kind)
        {
            case 0 or 1:
                for (int i = 0; i <= kind * 2; i++)
                    tokens.RemoveAt(random.Next(tokens.Count));
                break;
            case 2 or 3:
                int one = random.Next(tokens.Count), other = random.Next(tokens.Count);
                (tokens[one], tokens[other]) = (tokens[other], tokens[one]);
                break;
            case 4:
                tokens.RemoveRange(tokens.Count / 4 + random.Next(tokens.Count / 2), tokens.Count / 4);
                break;
            default:
                int at = random.Next(tokens.Count);
                tokens.Insert(at, tokens[random.Next(tokens.Count)]);
                string text = string.Concat(tokens);
                return text[..random.Next(text.Length / 2, text.Length)];
        }

        return string.Concat(tokens);
    }
}
