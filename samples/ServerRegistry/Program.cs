using Microsoft.Data.Sqlite;
using ServerRegistry;
using ServerRegistry.Api;
using ServerRegistry.Data;
using ServerRegistry.Tour;

CommandLine line;
IReadOnlyList<RegistryEntry> servers;
try
{
    line = CommandLine.Parse(args);
    servers = line.Data is null ? MadeUpRegistry.Servers : RegistryFile.Read(line.Data);
}
catch (Exception exception) when (exception is FormatException or InvalidDataException)
{
    return Refuse(exception.Message);
}

if (line.ShowHelp)
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

using var database = new RegistryDatabase(line.Database);
try
{
    await database.FillAsync(MadeUpRegistry.Enlarge(servers, line.Servers));
}
catch (SqliteException exception)
{
    return Refuse($"--database {line.Database}: {exception.Message}");
}

if (!line.Serve)
    return await RegistryTour.RunAsync(database, line.Servers);

try
{
    await RegistryApi.Build(database, line.Urls).RunAsync();
    return 0;
}
catch (IOException exception)
{
    return Refuse($"--urls {line.Urls}: {exception.Message}");
}

static int Refuse(string why)
{
    Console.Error.WriteLine(why);
    return 2;
}
