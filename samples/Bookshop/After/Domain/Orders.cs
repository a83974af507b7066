namespace Bookshop.Domain;

/// <summary>What a customer wants: a book as often as its id is in the list.</summary>
public sealed record OrderDraft(IReadOnlyList<long> BookIds);

public sealed record Order(long Id, long TotalInCents, IReadOnlyList<long> BookIds);
