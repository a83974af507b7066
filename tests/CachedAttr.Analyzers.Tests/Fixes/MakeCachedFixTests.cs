using CachedAttr.CodeFixes.Declarations;

namespace CachedAttr.Analyzers.Tests.Fixes;

/// <summary>An ordinary method becomes a cached one in one step.</summary>
public sealed class MakeCachedFixTests
{
    private static readonly VerifyFix<DeclarationAnalyzer, MakeCachedFix> Method = new("CATTR010");
    private static readonly VerifyFix<DeclarationAnalyzer, MakeCachedFix> Type = new("CATTR011");

    [Fact]
    public Task The_body_moves_and_all_that_callers_see_stays() => Method.BecomesAsync(
        """
        namespace Shop;

        /// <summary>Servers.</summary>
        public sealed class ServerService(Cache cache)
        {
            private int _count;

            /// <summary>Gets a server.</summary>
            /// <param name="id">Its number.</param>
            /// <param name="ct">Cancels.</param>
            [Cached("server:{id}", Ttl = 600)]
            [System.ComponentModel.Description("cached")]
            public async Task<string?> GetServerAsync(int id, CancellationToken ct = default)
            {
                // The body stays as it is.
                await Task.Delay(  1, ct);
                _count++;
                return _count > 0 ? "x" : null;
            }

            public Task<string?> Caller() => GetServerAsync(1);
        }

        """,
        """
        namespace Shop;

        /// <summary>Servers.</summary>
        public sealed partial class ServerService(Cache cache)
        {
            private int _count;

            /// <summary>Gets a server.</summary>
            /// <param name="id">Its number.</param>
            /// <param name="ct">Cancels.</param>
            [Cached("server:{id}", Ttl = 600)]
            [System.ComponentModel.Description("cached")]
            public partial Task<string?> GetServerAsync(int id, CancellationToken ct = default);

            private async Task<string?> GetServerCoreAsync(int id, CancellationToken ct)
            {
                // The body stays as it is.
                await Task.Delay(  1, ct);
                _count++;
                return _count > 0 ? "x" : null;
            }

            public Task<string?> Caller() => GetServerAsync(1);
        }

        """);
}
