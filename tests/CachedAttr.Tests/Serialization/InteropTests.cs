using System.Diagnostics;
using System.Globalization;
using CachedAttr.Backends;
using CachedAttr.Serialization;
using CachedAttr.Serialization.Formatters;

namespace CachedAttr.Tests.Serialization;

/// <summary>An independent implementation reads what is written here, and is read here: Debian's python3-msgpack.</summary>
public sealed class InteropTests
{
    private const string Python = "/usr/bin/python3";

    [Fact]
    public void Python_reads_every_value_of_the_specification()
    {
        AssertPythonReads(SpecVectors.All.Values.ToDictionary(vector => vector.Name, vector => Codec.Bytes(vector.Write)));
    }

    [Fact]
    public void Python_reads_what_every_formatter_writes()
    {
        Dictionary<string, byte[]> payloads = [];
        foreach (Family family in Families.All.Values)
        {
            for (int seed = 0; seed < 20; seed++)
                payloads.Add(string.Create(CultureInfo.InvariantCulture, $"{family.Name} {seed}"), family.Encode(seed));
        }

        // Subnormal numbers are the one thing that the canonical text here leaves out.
        foreach (string name in payloads.Keys.Where(n => n.StartsWith("double", StringComparison.Ordinal)).ToArray())
            payloads.Remove(name);
        payloads.Add("double", Codec.Bytes((ref w) => w.WriteDouble(-1234.5678)));
        AssertPythonReads(payloads);
    }

    [Fact]
    public void Python_reads_an_entry_with_its_header()
    {
        byte[] entry = Codec.Bytes((ref w) =>
        {
            Span<byte> header = stackalloc byte[EntryHeader.Length];
            new EntryHeader { SchemaFingerprint = ulong.MaxValue, Epoch = 1, Stamp = 1_773_480_000_000_000, Created = 3, SoftExpiry = 4 }.Write(header);
            w.WriteRaw(header);
            NodeFormatter.Write(ref w, new Node(1, "root", []));
        });
        string[] lines = Run("decode", ["entry\t" + Convert.ToHexStringLower(entry)]);
        Assert.Equal(["entry\t[1,18446744073709551615,1,1773480000000000,3,4,0] [1,s726f6f74,[]]"], lines);
    }

    [Fact]
    public void What_Python_writes_is_read_as_it_was_meant()
    {
        string[] lines = Run("encode", []);
        Assert.InRange(lines.Length, 30, 100);
        foreach (string line in lines)
        {
            string[] parts = line.Split('\t');
            byte[] payload = Convert.FromHexString(parts[1]);
            Assert.Equal(parts[2], CanonicalText.Of(payload));
            MessagePackReader reader = new(payload);
            reader.Skip();
            Assert.True(reader.End, parts[0]);
        }
    }

    [Fact]
    public void A_date_that_Python_writes_is_that_date()
    {
        byte[] payload = Convert.FromHexString(Run("encode", []).Single(l => l.StartsWith("timestamp 64\t", StringComparison.Ordinal)).Split('\t')[1]);
        DateTime date = Codec.Decode<DateTime, DateTimeFormatter>(payload);
        Assert.Equal(DateTime.UnixEpoch.AddSeconds(1773480413).AddTicks(1234567), date);
        Assert.Equal(DateTimeKind.Utc, date.Kind);
        Assert.Equal(payload, Codec.Encode<DateTime, DateTimeFormatter>(date));
    }

    private static void AssertPythonReads(Dictionary<string, byte[]> payloads)
    {
        string[] lines = Run("decode", payloads.Select(p => $"{p.Key}\t{Convert.ToHexStringLower(p.Value)}"));
        Assert.Equal(payloads.Select(p => $"{p.Key}\t{CanonicalText.Of(p.Value)}"), lines);
    }

    private static string[] Run(string command, IEnumerable<string> input)
    {
        Assert.True(File.Exists(Python), $"{Python} is missing: apt-get install python3 python3-msgpack");
        ProcessStartInfo start = new(Python, [Path.Combine(AppContext.BaseDirectory, "Serialization", "interop.py"), command])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            foreach (string line in input)
                process.StandardInput.WriteLine(line);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Python ended early; what it said is asserted below.
        }

        process.WaitForExit();
        string error = errors.GetAwaiter().GetResult();
        Assert.False(error.Contains("No module named 'msgpack'", StringComparison.Ordinal), $"{Python} has no msgpack: apt-get install python3-msgpack");
        Assert.True(process.ExitCode == 0, error);
        return output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
