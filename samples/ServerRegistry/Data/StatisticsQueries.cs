namespace ServerRegistry.Data;

/// <summary>What the statistics ask of the database: each query reads a whole table.</summary>
internal static class StatisticsQueries
{
    public const string Servers = "select count(*) from servers";

    public const string Tools = "select count(*) from tools";

    public const string ByCategory = "select category as name, count(*) as number from servers group by category order by number desc, name limit 5";

    public const string ByType = "select type as name, count(*) as number from servers group by type order by number desc, name";

    public const string MostUsedTags = """
        select tag.value as name, count(distinct servers.id) as number from servers, json_each(servers.tags) as tag
        group by tag.value order by number desc, name limit 5
        """;

    public const string MostArguments = """
        select s.name as name, sum(json_array_length(t.arguments)) as number from servers s join tools t on t.server_id = s.id
        group by s.id order by number desc, name limit 5
        """;
}
