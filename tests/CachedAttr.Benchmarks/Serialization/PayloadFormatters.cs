using CachedAttr.Serialization;
using CachedAttr.Serialization.Formatters;

namespace CachedAttr.Benchmarks.Serialization;

// Written by hand in the shape in which the generator emits formatters.
#pragma warning disable CS8631 // nullability of a formatter's type argument
#pragma warning disable CS8620, CS8619, CS8604

public readonly struct ServerRecordFormatter : IMessagePackFormatter<ServerRecord?>
{
    public static void Write(ref MessagePackWriter writer, ServerRecord? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(15);
        Int32Formatter.Write(ref writer, value.Id);
        GuidFormatter.Write(ref writer, value.Key);
        StringFormatter.Write(ref writer, value.Name);
        StringFormatter.Write(ref writer, value.Description);
        EnumFormatter<ServerState>.Write(ref writer, value.State);
        DateTimeFormatter.Write(ref writer, value.Created);
        NullableFormatter<DateTime, DateTimeFormatter>.Write(ref writer, value.Deprecated);
        Int64Formatter.Write(ref writer, value.Downloads);
        DoubleFormatter.Write(ref writer, value.Rating);
        DecimalFormatter.Write(ref writer, value.Price);
        BooleanFormatter.Write(ref writer, value.Verified);
        OwnerFormatter.Write(ref writer, value.Owner);
        ListFormatter<string, StringFormatter>.Write(ref writer, value.Tags);
        DictionaryFormatter<string, StringFormatter, string, StringFormatter>.Write(ref writer, value.Labels);
        ListFormatter<Release, ReleaseFormatter>.Write(ref writer, value.Releases);
    }

    public static ServerRecord? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        reader.ReadArrayHeader(15);
        return new ServerRecord(
            Int32Formatter.Read(ref reader),
            GuidFormatter.Read(ref reader),
            StringFormatter.Read(ref reader)!,
            StringFormatter.Read(ref reader)!,
            EnumFormatter<ServerState>.Read(ref reader),
            DateTimeFormatter.Read(ref reader),
            NullableFormatter<DateTime, DateTimeFormatter>.Read(ref reader),
            Int64Formatter.Read(ref reader),
            DoubleFormatter.Read(ref reader),
            DecimalFormatter.Read(ref reader),
            BooleanFormatter.Read(ref reader),
            OwnerFormatter.Read(ref reader)!,
            ListFormatter<string, StringFormatter>.Read(ref reader)!,
            DictionaryFormatter<string, StringFormatter, string, StringFormatter>.Read(ref reader)!,
            ListFormatter<Release, ReleaseFormatter>.Read(ref reader)!);
    }

    public static void Describe(SchemaBuilder schema)
    {
        if (!schema.BeginObject<ServerRecord>(SchemaLayout.Array))
            return;

        schema.Member<int, Int32Formatter>("Id");
        schema.Member<Guid, GuidFormatter>("Key");
        schema.Member<string?, StringFormatter>("Name");
        schema.Member<string?, StringFormatter>("Description");
        schema.Member<ServerState, EnumFormatter<ServerState>>("State");
        schema.Member<DateTime, DateTimeFormatter>("Created");
        schema.Member<DateTime?, NullableFormatter<DateTime, DateTimeFormatter>>("Deprecated");
        schema.Member<long, Int64Formatter>("Downloads");
        schema.Member<double, DoubleFormatter>("Rating");
        schema.Member<decimal, DecimalFormatter>("Price");
        schema.Member<bool, BooleanFormatter>("Verified");
        schema.Member<Owner?, OwnerFormatter>("Owner");
        schema.Member<List<string>?, ListFormatter<string, StringFormatter>>("Tags");
        schema.Member<Dictionary<string, string>?, DictionaryFormatter<string, StringFormatter, string, StringFormatter>>("Labels");
        schema.Member<List<Release>?, ListFormatter<Release, ReleaseFormatter>>("Releases");
        schema.EndObject();
    }
}

public readonly struct OwnerFormatter : IMessagePackFormatter<Owner?>
{
    public static void Write(ref MessagePackWriter writer, Owner? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(3);
        Int32Formatter.Write(ref writer, value.Id);
        StringFormatter.Write(ref writer, value.Name);
        StringFormatter.Write(ref writer, value.Mail);
    }

    public static Owner? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        reader.ReadArrayHeader(3);
        return new Owner(Int32Formatter.Read(ref reader), StringFormatter.Read(ref reader)!, StringFormatter.Read(ref reader));
    }

    public static void Describe(SchemaBuilder schema)
    {
        if (!schema.BeginObject<Owner>(SchemaLayout.Array))
            return;

        schema.Member<int, Int32Formatter>("Id");
        schema.Member<string?, StringFormatter>("Name");
        schema.Member<string?, StringFormatter>("Mail");
        schema.EndObject();
    }
}

public readonly struct ReleaseFormatter : IMessagePackFormatter<Release?>
{
    public static void Write(ref MessagePackWriter writer, Release? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(5);
        Int32Formatter.Write(ref writer, value.Major);
        Int32Formatter.Write(ref writer, value.Minor);
        Int32Formatter.Write(ref writer, value.Patch);
        DateTimeFormatter.Write(ref writer, value.Published);
        Int64Formatter.Write(ref writer, value.Size);
    }

    public static Release? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        reader.ReadArrayHeader(5);
        return new Release(
            Int32Formatter.Read(ref reader),
            Int32Formatter.Read(ref reader),
            Int32Formatter.Read(ref reader),
            DateTimeFormatter.Read(ref reader),
            Int64Formatter.Read(ref reader));
    }

    public static void Describe(SchemaBuilder schema)
    {
        if (!schema.BeginObject<Release>(SchemaLayout.Array))
            return;

        schema.Member<int, Int32Formatter>("Major");
        schema.Member<int, Int32Formatter>("Minor");
        schema.Member<int, Int32Formatter>("Patch");
        schema.Member<DateTime, DateTimeFormatter>("Published");
        schema.Member<long, Int64Formatter>("Size");
        schema.EndObject();
    }
}

public readonly struct ToolFormatter : IMessagePackFormatter<Tool?>
{
    public static void Write(ref MessagePackWriter writer, Tool? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(8);
        Int32Formatter.Write(ref writer, value.Id);
        StringFormatter.Write(ref writer, value.Name);
        StringFormatter.Write(ref writer, value.Description);
        Int32Formatter.Write(ref writer, value.Calls);
        Int32Formatter.Write(ref writer, value.Errors);
        DoubleFormatter.Write(ref writer, value.MeanMilliseconds);
        BooleanFormatter.Write(ref writer, value.Enabled);
        DateTimeFormatter.Write(ref writer, value.LastUsed);
    }

    public static Tool? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
            return null;

        reader.ReadArrayHeader(8);
        return new Tool(
            Int32Formatter.Read(ref reader),
            StringFormatter.Read(ref reader)!,
            StringFormatter.Read(ref reader)!,
            Int32Formatter.Read(ref reader),
            Int32Formatter.Read(ref reader),
            DoubleFormatter.Read(ref reader),
            BooleanFormatter.Read(ref reader),
            DateTimeFormatter.Read(ref reader));
    }

    public static void Describe(SchemaBuilder schema)
    {
        if (!schema.BeginObject<Tool>(SchemaLayout.Array))
            return;

        schema.Member<int, Int32Formatter>("Id");
        schema.Member<string?, StringFormatter>("Name");
        schema.Member<string?, StringFormatter>("Description");
        schema.Member<int, Int32Formatter>("Calls");
        schema.Member<int, Int32Formatter>("Errors");
        schema.Member<double, DoubleFormatter>("MeanMilliseconds");
        schema.Member<bool, BooleanFormatter>("Enabled");
        schema.Member<DateTime, DateTimeFormatter>("LastUsed");
        schema.EndObject();
    }
}
