using System.Globalization;
using CachedAttr.Backends;

namespace CachedAttr.Database.Sqlite;

/// <summary>Makes the tables, and brings older ones up to this version.</summary>
internal static class SqliteSchema
{
    /// <summary>Brings the file to the newest version, in one transaction.</summary>
    /// <returns>Whether there was something to do.</returns>
    /// <exception cref="CacheBackendException">The file is of a version that this one does not know.</exception>
    public static bool Migrate(SqliteSession session, SqliteSql sql, string path)
    {
        session.Run(SqliteTransaction.Begin);
        try
        {
            session.Execute(sql.MakeVersions);
            int version = (int)(session.Number(sql.Version) ?? 0);
            if (version > sql.Migrations.Count)
            {
                throw new CacheBackendException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{path}' has version {version} of the cache's tables, and this version of CachedAttr.Database knows {sql.Migrations.Count}. Update the package, or set CachedAttr:Database:Table to another name."));
            }

            for (int next = version + 1; next <= sql.Migrations.Count; next++)
            {
                session.Execute(sql.Migrations[next - 1]);
                session.Run(sql.WriteVersion, next);
            }

            session.Run(SqliteTransaction.Commit);
            return version < sql.Migrations.Count;
        }
        catch
        {
            SqliteTransaction.TryRollback(session);
            throw;
        }
    }
}
