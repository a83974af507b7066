using System.Globalization;
using System.Text;
using CachedAttr.Serialization;

namespace SerializationHarness;

/// <summary>One payload of a fuzz test, with all that is needed to meet it again.</summary>
/// <param name="Seed">What the run's random numbers started from.</param>
/// <param name="Number">Which case of the run it is.</param>
/// <param name="Payload">The bytes.</param>
public readonly record struct HostileCase(int Seed, int Number, byte[] Payload)
{
    // An element of one byte can become a node of a linked list or an entry of an immutable dictionary, copied once while it grows;
    // an exception with its stack trace takes a few KB.
    private const int BytesPerByte = 200;
    private const int Allowance = 32 * 1024;

    /// <summary>How many cases all runs of a fuzz test have together: <c>CACHEDATTR_FUZZ_CASES</c>, else 300,000.</summary>
    public static int Count { get; } = int.Parse(Environment.GetEnvironmentVariable("CACHEDATTR_FUZZ_CASES") ?? "300000", CultureInfo.InvariantCulture);

    /// <summary>Reads the payload, which has to be a value or to be refused, with memory in proportion to it.</summary>
    /// <param name="reader">Who reads, for people.</param>
    /// <param name="read">Reads it.</param>
    /// <returns>Whether it is a value.</returns>
    public bool IsRead(string reader, Action read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool isRead = true;
        try
        {
            read();
        }
        catch (MessagePackException refused) when (refused.InnerException is null or DecoderFallbackException)
        {
            // Any other inner exception is one that a formatter let through, and that only the serializer around it caught.
            isRead = false;
        }
        catch (Exception exception)
        {
            Fail(reader, $"threw {exception}");
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        if (allocated > Allowance + ((long)Payload.Length * BytesPerByte))
            Fail(reader, FormattableString.Invariant($"allocated {allocated} bytes"));
        return isRead;
    }

    /// <summary>Fails the test.</summary>
    public void Fail(string reader, string what) =>
        Assert.Fail(FormattableString.Invariant($"{reader} {what} for {Payload.Length} bytes, seed {Seed}, case {Number}: {Convert.ToHexString(Payload)}"));
}
