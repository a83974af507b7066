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
    Console.Error.WriteLine(exception.Message);
    return 2;
}

if (line.ShowHelp)
{
    Console.WriteLine(CommandLine.Help);
    return 0;
}

using var database = new RegistryDatabase(line.Database);
await database.FillAsync(MadeUpRegistry.Enlarge(servers, line.Servers));
if (!line.Serve)
    return await RegistryTour.RunAsync(database, line.Servers);

await RegistryApi.Build(database, line.Urls).RunAsync();
return 0;
