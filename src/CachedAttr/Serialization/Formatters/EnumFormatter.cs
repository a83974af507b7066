using System.Runtime.CompilerServices;

namespace CachedAttr.Serialization.Formatters;

/// <summary>Formats an enum as its underlying integer, as MessagePack-CSharp does; values without a name are allowed.</summary>
/// <typeparam name="TEnum">The enum.</typeparam>
/// <remarks>The switches are over constants of the type; the compiler at run time leaves one case of each.</remarks>
public readonly struct EnumFormatter<TEnum> : IMessagePackFormatter<TEnum>
    where TEnum : unmanaged, Enum
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, TEnum value)
    {
        switch (Type.GetTypeCode(typeof(TEnum)))
        {
            case TypeCode.SByte:
                writer.WriteInt32(Unsafe.BitCast<TEnum, sbyte>(value));
                break;
            case TypeCode.Int16:
                writer.WriteInt32(Unsafe.BitCast<TEnum, short>(value));
                break;
            case TypeCode.Int32:
                writer.WriteInt32(Unsafe.BitCast<TEnum, int>(value));
                break;
            case TypeCode.Int64:
                writer.WriteInt64(Unsafe.BitCast<TEnum, long>(value));
                break;
            case TypeCode.Byte:
                writer.WriteUInt32(Unsafe.BitCast<TEnum, byte>(value));
                break;
            case TypeCode.UInt16:
                writer.WriteUInt32(Unsafe.BitCast<TEnum, ushort>(value));
                break;
            case TypeCode.UInt32:
                writer.WriteUInt32(Unsafe.BitCast<TEnum, uint>(value));
                break;
            default:
                writer.WriteUInt64(Unsafe.BitCast<TEnum, ulong>(value));
                break;
        }
    }

    /// <inheritdoc/>
    public static TEnum Read(ref MessagePackReader reader) => Type.GetTypeCode(typeof(TEnum)) switch
    {
        TypeCode.SByte => Unsafe.BitCast<sbyte, TEnum>(reader.ReadSByte()),
        TypeCode.Int16 => Unsafe.BitCast<short, TEnum>(reader.ReadInt16()),
        TypeCode.Int32 => Unsafe.BitCast<int, TEnum>(reader.ReadInt32()),
        TypeCode.Int64 => Unsafe.BitCast<long, TEnum>(reader.ReadInt64()),
        TypeCode.Byte => Unsafe.BitCast<byte, TEnum>(reader.ReadByte()),
        TypeCode.UInt16 => Unsafe.BitCast<ushort, TEnum>(reader.ReadUInt16()),
        TypeCode.UInt32 => Unsafe.BitCast<uint, TEnum>(reader.ReadUInt32()),
        _ => Unsafe.BitCast<ulong, TEnum>(reader.ReadUInt64()),
    };

    /// <inheritdoc/>
    public static void Describe(SchemaBuilder schema) => schema.Scalar(Type.GetTypeCode(typeof(TEnum)) switch
    {
        TypeCode.SByte => "enum:int8",
        TypeCode.Int16 => "enum:int16",
        TypeCode.Int32 => "enum:int32",
        TypeCode.Int64 => "enum:int64",
        TypeCode.Byte => "enum:uint8",
        TypeCode.UInt16 => "enum:uint16",
        TypeCode.UInt32 => "enum:uint32",
        _ => "enum:uint64",
    });
}
