namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats a date and time, exactly: ticks and <see cref="DateTime.Kind"/> are read as they were written.</summary>
/// <remarks>
/// UTC is the specification's timestamp, as MessagePack-CSharp writes it. That library converts the other kinds to UTC, so that a value comes
/// back as another one; a cache must not do that. They are arrays of the ticks of the clock and the kind, and so do not depend on the time
/// zone of whoever reads. (In the hour that the end of summer time repeats, a local time does not say which of the two it is.)
/// </remarks>
public readonly struct DateTimeFormatter : IMessagePackFormatter<DateTime>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateTime value)
    {
        if (value.Kind == DateTimeKind.Utc)
        {
            writer.WriteTimestamp(MessagePackTimestamp.FromTicks(value.Ticks));
            return;
        }

        writer.WriteArrayHeader(2);
        writer.WriteInt64(value.Ticks);
        writer.WriteInt32((int)value.Kind);
    }

    /// <inheritdoc/>
    public static DateTime Read(ref MessagePackReader reader)
    {
        if (reader.PeekType() == MessagePackType.Extension)
            return new DateTime(reader.ReadTimestamp().ToTicks(), DateTimeKind.Utc);

        reader.ReadArrayHeader(2);
        long ticks = reader.ReadInt64();
        int kind = reader.ReadInt32();
        if ((ulong)ticks > (ulong)DateTime.MaxValue.Ticks || kind is < 0 or > (int)DateTimeKind.Local)
            MessagePackException.ThrowValue(nameof(DateTime));
        return new DateTime(ticks, (DateTimeKind)kind);
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("datetime");
}

/// <summary>
/// Formats a date and time with its offset as an array: the clock's time as a timestamp, and the minutes, as MessagePack-CSharp does.
/// </summary>
public readonly struct DateTimeOffsetFormatter : IMessagePackFormatter<DateTimeOffset>
{
    private const int MaxOffset = 14 * 60;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateTimeOffset value)
    {
        writer.WriteArrayHeader(2);
        writer.WriteTimestamp(MessagePackTimestamp.FromTicks(value.Ticks));
        writer.WriteInt32(value.TotalOffsetMinutes);
    }

    /// <inheritdoc/>
    public static DateTimeOffset Read(ref MessagePackReader reader)
    {
        reader.ReadArrayHeader(2);
        long ticks = reader.ReadTimestamp().ToTicks();
        int minutes = reader.ReadInt32();
        if (minutes is < -MaxOffset or > MaxOffset || (ulong)(ticks - minutes * TimeSpan.TicksPerMinute) > (ulong)DateTime.MaxValue.Ticks)
            MessagePackException.ThrowValue(nameof(DateTimeOffset));
        return new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes));
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("datetimeoffset");
}

/// <summary>Formats a date as its day number, as MessagePack-CSharp does.</summary>
public readonly struct DateOnlyFormatter : IMessagePackFormatter<DateOnly>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, DateOnly value) => writer.WriteInt32(value.DayNumber);

    /// <inheritdoc/>
    public static DateOnly Read(ref MessagePackReader reader)
    {
        int day = reader.ReadInt32();
        if ((uint)day > (uint)DateOnly.MaxValue.DayNumber)
            MessagePackException.ThrowValue(nameof(DateOnly));
        return DateOnly.FromDayNumber(day);
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("dateonly");
}

/// <summary>Formats a time of day as its ticks, as MessagePack-CSharp does.</summary>
public readonly struct TimeOnlyFormatter : IMessagePackFormatter<TimeOnly>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TimeOnly value) => writer.WriteInt64(value.Ticks);

    /// <inheritdoc/>
    public static TimeOnly Read(ref MessagePackReader reader)
    {
        long ticks = reader.ReadInt64();
        if ((ulong)ticks > (ulong)TimeOnly.MaxValue.Ticks)
            MessagePackException.ThrowValue(nameof(TimeOnly));
        return new TimeOnly(ticks);
    }

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("timeonly");
}

/// <summary>Formats a duration as its ticks, as MessagePack-CSharp does.</summary>
public readonly struct TimeSpanFormatter : IMessagePackFormatter<TimeSpan>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TimeSpan value) => writer.WriteInt64(value.Ticks);

    /// <inheritdoc/>
    public static TimeSpan Read(ref MessagePackReader reader) => new(reader.ReadInt64());

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar("timespan");
}
