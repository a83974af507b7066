using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CachedAttr.Serialization;
using Microsoft.Extensions.Caching.Distributed;

// Written by System.Text.Json's generator in an application.
public sealed class MyJsonContext
{
    public static MyJsonContext Default { get; } = new();

    public JsonSerializerOptions Options { get; } = new();
}

public sealed class JsonSerializers(JsonSerializerOptions options) : ICacheSerializerFactory
{
    public bool TryCreate<T>([NotNullWhen(true)] out ICacheSerializer<T>? serializer) => throw new NotSupportedException(options.ToString());
}

public sealed partial class Page
{
    private static IDistributedCache existing => throw new NotSupportedException();
}

// The package cannot be restored everywhere; these are the signatures that the page uses.
namespace MessagePack
{
    public sealed class MessagePackSerializerOptions;

    public static class MessagePackSerializer
    {
        public static void Serialize<T>(IBufferWriter<byte> writer, T value, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public static T Deserialize<T>(in ReadOnlySequence<byte> byteSequence, MessagePackSerializerOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
