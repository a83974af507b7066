using System.Text.Json.Serialization;
using Bookshop.Domain;

namespace Bookshop.Api;

/// <summary>How requests and responses are read and written, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(Book))]
[JsonSerializable(typeof(BookPage))]
[JsonSerializable(typeof(IReadOnlyList<GenreCount>))]
[JsonSerializable(typeof(NewPrice))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(IReadOnlyList<Order>))]
[JsonSerializable(typeof(OrderDraft))]
public sealed partial class ShopJson : JsonSerializerContext;
