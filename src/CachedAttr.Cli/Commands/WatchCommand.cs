using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using CachedAttr.Backends;

namespace CachedAttr.Cli.Commands;

/// <summary><c>watch</c>: the invalidations of all processes as they come.</summary>
internal static class WatchCommand
{
    // What a notification has not told is found by reading.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create(SharedOptions shared)
    {
        var count = new Option<int>("--count") { Description = "Ends after so many; 0: never." };
        var command = new Command("watch", "Invalidations of all processes as they come, until Ctrl+C.") { count };
        command.SetAction(Session.Run(shared, async (session, output, parsed, cancellation) =>
        {
            int left = parsed.GetValue(count);
            var call = BackendCall.Async(cancellation);
            var position = (await session.Backend.ReadLogAsync(LogPosition.None, call)).End;
            var news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
            await using var subscription = await session.Backend.WatchLogAsync(new Bell(news.Writer), cancellation);
            await Console.Error.WriteLineAsync("Watching; Ctrl+C ends."); // not in the way of who reads the output
            while (true)
            {
                var page = await session.Backend.ReadLogAsync(position, call);
                position = page.End;
                foreach (var record in page.Records)
                {
                    Write(output, record);
                    if (--left == 0)
                        return ExitCodes.Done;
                }

                if (!page.HasMore)
                    await WaitAsync(news.Reader, cancellation);
            }
        }));
        return command;
    }

    private static void Write(Output output, LogRecord record)
    {
        var at = DateTimeOffset.UnixEpoch.AddMicroseconds(record.Sequence);
        if (output.IsJson)
            output.JsonLine(new JsonObject { ["at"] = at.ToString("O", CultureInfo.InvariantCulture), ["sequence"] = record.Sequence, ["kind"] = record.What.Kind.ToString(), ["text"] = record.What.Text });
        else
            output.Line(string.Create(CultureInfo.InvariantCulture, $"{at:HH:mm:ss.fff}  {record.What.Kind.ToString().ToLowerInvariant(),-7}  {record.What.Text}"));
    }

    private static async Task WaitAsync(ChannelReader<bool> news, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Interval);
        try
        {
            await news.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time to read in any case.
        }
    }

    private sealed class Bell(ChannelWriter<bool> news) : ILogWatcher
    {
        public void OnAppended(LogPage page) => news.TryWrite(true);

        public void OnInterrupted() => news.TryWrite(true);
    }
}
