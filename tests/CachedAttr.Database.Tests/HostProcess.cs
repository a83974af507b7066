using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using CachedAttr.Backends;
using CachedAttr.Consistency;

namespace CachedAttr.Database.Tests;

/// <summary>Another process, which has backends: requests and answers are lines on its standard streams.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<HostAnswer>> _waiting = new();
    private readonly ConcurrentDictionary<int, ILogWatcher> _watchers = new();
    private readonly Process _process;
    private readonly Lock _writing = new();
    private int _ids;

    public HostProcess(params string[] user)
    {
        string[] command = [.. user, "dotnet", Path.Combine(AppContext.BaseDirectory, "CachedAttr.Consistency.dll"), "host"];
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        _process = Process.Start(start)!;

        // On a thread of its own, so that a call that waits on a thread of the pool is answered.
        new Thread(Read) { IsBackground = true }.Start();
    }

    /// <summary>Asks, and returns when the answer is there: the answer to a call without a task is waited for on the calling thread.</summary>
    public ValueTask<HostAnswer> AskAsync(HostRequest request, ILogWatcher? watcher = null)
    {
        int id = Interlocked.Increment(ref _ids);
        var source = _waiting[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (watcher is not null)
            _watchers[id] = watcher;
        string line = JsonSerializer.Serialize(request with { Id = id });
        lock (_writing)
        {
            _process.StandardInput.WriteLine(line);
            _process.StandardInput.Flush();
        }

        if (!request.IsSynchronous)
            return new(source.Task.WaitAsync(Limit));
        return source.Task.Wait(Limit) ? new(source.Task) : throw new TimeoutException();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            var answer = JsonSerializer.Deserialize<HostAnswer>(line)!;
            if (answer.Watch != 0)
                _watchers[answer.Watch].OnAppended(RemoteBackend.Page(answer));
            else if (_waiting.TryRemove(answer.Id, out var source))
                Complete(source, answer);
        }

        foreach (var source in _waiting.Values)
            source.TrySetException(new IOException("The other process has ended."));
    }

    private static void Complete(TaskCompletionSource<HostAnswer> source, HostAnswer answer)
    {
        switch (answer.Error)
        {
            case null:
                source.SetResult(answer);
                break;
            case nameof(OverflowException):
                source.SetException(new OverflowException(answer.Message));
                break;
            case nameof(InvalidOperationException):
                source.SetException(new InvalidOperationException(answer.Message));
                break;
            default:
                source.SetException(new CacheBackendException(answer.Error + ": " + answer.Message));
                break;
        }
    }
}
