using System.CommandLine;
using CachedAttr.Cli;
using CachedAttr.Cli.Commands;

// The Redis client blocks threads of the pool while it connects, and a small machine has few to begin with.
ThreadPool.SetMinThreads(16, 16);

var shared = new SharedOptions();
var root = new RootCommand("Looks into the backend of a CachedAttr cache, invalidates, watches, measures and checks it.");
shared.AddTo(root);
foreach (var command in new Command[]
{
    StatusCommand.Create(shared), HealthCommand.Create(shared), KeysCommand.Create(shared), GetCommand.Create(shared), TtlCommand.Create(shared),
    InvalidateCommand.Create(shared), ClearCommand.Create(shared), WatchCommand.Create(shared), MapCommand.Create(shared), BenchCommand.Create(shared),
    DoctorCommand.Create(shared),
})
{
    root.Subcommands.Add(command);
}

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors)
        await Console.Error.WriteLineAsync(error.Message);
    await Console.Error.WriteLineAsync("'cachedattr --help' lists the commands and options.");
    return ExitCodes.Wrong;
}

return await parsed.InvokeAsync();
