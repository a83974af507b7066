using ServerRegistry.Domain;

namespace ServerRegistry.Api;

/// <summary>What the API refuses, as problem details (RFC 9457).</summary>
internal static class Problems
{
    private const int MaxPage = 10_000;
    private const int MaxPageSize = 100;

    public static IResult NoServer(long id) => Results.Problem(statusCode: 404, title: $"There is no server {id}.");

    public static IResult NameIsTaken(Server other) =>
        Results.Problem(statusCode: 409, title: $"The name '{other.Name}' is taken by server {other.Id}.");

    /// <returns>What is wrong with it; <see langword="null"/>: nothing.</returns>
    public static IResult? Of(ServerFilter filter) =>
        filter.Page is < 1 or > MaxPage ? Invalid("page", $"must be from 1 to {MaxPage}")
        : filter.PageSize is < 1 or > MaxPageSize ? Invalid("size", $"must be from 1 to {MaxPageSize}")
        : null;

    /// <inheritdoc cref="Of(ServerFilter)"/>
    public static IResult? Of(ServerDraft draft) =>
        string.IsNullOrWhiteSpace(draft.Name) ? Invalid("name", "must not be empty")
        : string.IsNullOrWhiteSpace(draft.Category) ? Invalid("category", "must not be empty")
        : draft.Title is null ? Invalid("title", "is missing")
        : draft.Description is null ? Invalid("description", "is missing")
        : null;

    private static IResult Invalid(string field, string why) =>
        Results.ValidationProblem(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [why] });
}
