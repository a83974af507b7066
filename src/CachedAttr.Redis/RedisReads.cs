using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using StackExchange.Redis;

namespace CachedAttr.Redis;

/// <summary>Reads entries. What is asked for while other reads are on their way shares a command (MGET) with whatever else is.</summary>
/// <remarks>
/// <para>
/// The first few go by themselves, so that nobody waits where little is read. With many at once the client's work for a command, and the server's, is what a read
/// costs: shared, it is a fraction. Keys of a cluster are in different slots, and are not read here. Thread-safe.
/// </para>
/// <para>
/// A group goes when a read ends, or when it is full. Reads that do not end hold up nobody: who comes a moment after the last one was sent goes by itself.
/// </para>
/// </remarks>
internal sealed class RedisReads
{
    /// <summary>How many commands are on their way before others wait for one of them to end.</summary>
    public const int AtOnce = 4;

    /// <summary>How many keys a command has at most.</summary>
    public const int Largest = 64;

    private static readonly long Patience = Stopwatch.Frequency / 20;

    private readonly Lock _gate = new();
    private Group? _next;
    private int _running;
    private long _sentAt;

    /// <summary>Joins the reads that wait for another to end.</summary>
    /// <param name="database">Where to read.</param>
    /// <param name="key">The key.</param>
    /// <param name="answer">What the command will have read.</param>
    /// <param name="index">Where the entry will be in it.</param>
    /// <returns>Whether there are such; if not, the caller is to read by itself, and to say when that has <see cref="Ended"/>.</returns>
    public bool TryJoin(IDatabase database, RedisKey key, [NotNullWhen(true)] out Task<RedisValue[]>? answer, out int index)
    {
        Group group;
        bool isFull;
        lock (_gate)
        {
            if (_running < AtOnce || Stopwatch.GetTimestamp() - _sentAt > Patience)
            {
                Sending();
                (answer, index) = (null, 0);
                return false;
            }

            group = _next ??= new(this, database);
            index = group.Add(key);
            isFull = index == Largest - 1;
            if (isFull)
            {
                _next = null;
                Sending();
            }
        }

        if (isFull)
            group.Send();
        answer = group.Answer;
        return true;
    }

    /// <summary>A command has ended: what has been waiting for it goes.</summary>
    public void Ended()
    {
        Group? next;
        lock (_gate)
        {
            _running--;
            next = _next;
            if (next is null)
                return;
            _next = null;
            Sending();
        }

        next.Send();
    }

    private void Sending()
    {
        _running++;
        _sentAt = Stopwatch.GetTimestamp();
    }

    private sealed class Group(RedisReads owner, IDatabase database)
    {
        private readonly List<RedisKey> _keys = [];
        private readonly TaskCompletionSource<RedisValue[]> _answer = new();

        public Task<RedisValue[]> Answer => _answer.Task;

        public int Add(RedisKey key)
        {
            _keys.Add(key);
            return _keys.Count - 1;
        }

        public void Send() => _ = SendAsync();

        private async Task SendAsync()
        {
            try
            {
                var values = await database.StringGetAsync([.. _keys]).ConfigureAwait(false);

                // Before those who wait go on: the next may be on its way meanwhile.
                owner.Ended();
                _answer.SetResult(values);
            }
            catch (Exception exception)
            {
                owner.Ended();
                _answer.SetException(exception);
                _ = _answer.Task.Exception; // its callers may all have gone
            }
        }
    }
}
