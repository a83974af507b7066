using System.Data;
using System.Text.Json;
using Dapper;

namespace ServerRegistry.Data;

/// <summary>A list in a text column, as JSON, so that SQLite can look into it.</summary>
internal sealed class JsonColumn<T> : SqlMapper.TypeHandler<IReadOnlyList<T>>
{
    public static string Write(IReadOnlyList<T> list) => JsonSerializer.Serialize(list);

    public override IReadOnlyList<T> Parse(object value) => JsonSerializer.Deserialize<T[]>((string)value)!;

    public override void SetValue(IDbDataParameter parameter, IReadOnlyList<T>? value) => parameter.Value = value is null ? DBNull.Value : Write(value);
}
