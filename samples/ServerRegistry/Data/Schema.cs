namespace ServerRegistry.Data;

/// <summary>The registry's tables.</summary>
internal static class Schema
{
    public const string Text = """
        drop table if exists tools;
        drop table if exists servers;
        create table servers (
            id integer primary key,
            name text not null,
            type text not null,
            category text not null,
            title text not null,
            description text not null,
            image text,
            source text,
            tags text not null);
        create table tools (
            id integer primary key,
            server_id integer not null references servers (id),
            name text not null,
            description text not null,
            arguments text not null);
        create unique index servers_by_name on servers (name collate nocase);
        create index tools_by_server on tools (server_id);
        """;
}
