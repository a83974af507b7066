using System.Reflection;
using CachedAttr.Loading;
using CachedAttr.Serialization;

namespace CachedAttr.Benchmarks.Serialization;

/// <summary>Cached methods with the results that are measured: what is compared is what the generator writes.</summary>
public static partial class PayloadService
{
    [Cached("record", Ttl = 60)]
    public static partial ServerRecord GetRecord();

    private static ServerRecord GetRecordCore() => Payloads.Record;

    [Cached("tools", Ttl = 60)]
    public static partial List<Tool> GetTools();

    private static List<Tool> GetToolsCore() => Payloads.Tools;

    /// <summary>The generated serializer of a method.</summary>
    internal static ICacheSerializer<T> SerializerOf<T>(string method)
    {
        var descriptions = typeof(PayloadService).GetNestedType("CachedMethods", BindingFlags.NonPublic)!;
        var description = (CachedMethod)descriptions.GetField(method, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        return (ICacheSerializer<T>)description.GetType().GetProperty("Serializer")!.GetValue(description)!;
    }
}
