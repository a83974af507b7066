using System.Buffers;
using CachedAttr.Serialization;

namespace CachedAttr.Backends;

// A MessagePack array: [version = 1, epoch, last, given, floor, key floor, [sequence, kind, text, sequence, kind, text, ...]].

/// <summary>A whole log as bytes.</summary>
internal static class LogSnapshot
{
    private const int Version = 1;
    private const int Fields = 7;
    private const int FieldsOfRecord = 3;

    public static byte[] Write(BackendLog log)
    {
        var everything = log.Everything();
        var buffer = new ArrayBufferWriter<byte>();
        MessagePackWriter writer = new(buffer);
        writer.WriteArrayHeader(Fields);
        writer.WriteInt32(Version);
        writer.WriteInt64(log.Epoch);
        writer.WriteInt64(log.Last);
        writer.WriteInt64(log.Given);
        writer.WriteInt64(log.Floor);
        writer.WriteInt64(log.KeyFloor);
        writer.WriteArrayHeader(everything.Count * FieldsOfRecord);
        foreach (var record in everything)
        {
            writer.WriteInt64(record.Sequence);
            writer.WriteInt32((int)record.What.Kind);
            writer.WriteString(record.What.Text);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a log; null if there is none, or none that can be read: it is lost then, and another one begins.</summary>
    public static BackendLog? Read(ReadOnlyMemory<byte>? bytes, BackendSettings settings)
    {
        if (bytes is not { } stored)
            return null;
        try
        {
            MessagePackReader reader = new(new ReadOnlySequence<byte>(stored));
            return reader.ReadArrayHeader() == Fields && reader.ReadInt32() == Version ? Read(ref reader, settings) : null;
        }
        catch (MessagePackException)
        {
            return null;
        }
    }

    private static BackendLog Read(ref MessagePackReader reader, BackendSettings settings)
    {
        var log = new BackendLog(settings, reader.ReadInt64());
        long last = reader.ReadInt64(), given = reader.ReadInt64(), floor = reader.ReadInt64(), keyFloor = reader.ReadInt64();
        var records = new LogRecord[reader.ReadArrayHeader() / FieldsOfRecord];
        for (int i = 0; i < records.Length; i++)
            records[i] = new(reader.ReadInt64(), new((InvalidationKind)reader.ReadInt32(), reader.ReadString() ?? ""));
        log.Restore(records, last, given, floor, keyFloor);
        return log;
    }
}
