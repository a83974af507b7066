using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CachedAttr.Telemetry;

namespace CachedAttr.Cli;

/// <summary>Reads the manifest of an assembly without loading it, so that its dependencies need not be there, and nothing of it runs.</summary>
internal static class ManifestFile
{
    public static InvalidationGraph Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        if (!file.HasMetadata)
            throw new InvalidOperationException($"'{path}' is not a .NET assembly.");
        var reader = file.GetMetadataReader();
        var cached = new List<CachedMethodManifestAttribute>();
        var invalidating = new List<InvalidatingMethodManifestAttribute>();
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            string name = NameOf(reader, attribute);
            if (name is not (nameof(CachedMethodManifestAttribute) or nameof(InvalidatingMethodManifestAttribute)))
                continue;
            var value = attribute.DecodeValue(new Types());
            string[] texts = [.. value.FixedArguments.Select(static argument => argument.Value).OfType<string>()];
            if (name is nameof(CachedMethodManifestAttribute))
                cached.Add(Cached(texts, value));
            else
                invalidating.Add(new(texts[0], texts[1], [.. ((ImmutableArray<CustomAttributeTypedArgument<string>>)value.FixedArguments[2].Value!).Select(static one => (string)one.Value!)]));
        }

        return cached.Count + invalidating.Count > 0
            ? InvalidationGraph.Of(cached, invalidating)
            : throw new InvalidOperationException($"'{path}' has no cached methods, or was not built with CachedAttr.");
    }

    private static CachedMethodManifestAttribute Cached(string[] texts, CustomAttributeValue<string> value) => new(texts[0], texts[1], texts[2])
    {
        ValueType = value.NamedArguments.FirstOrDefault(static argument => argument.Name is nameof(CachedMethodManifestAttribute.ValueType)).Value as string,
        Ttl = value.NamedArguments.FirstOrDefault(static argument => argument.Name is nameof(CachedMethodManifestAttribute.Ttl)).Value as double? ?? 0,
    };

    private static string NameOf(MetadataReader reader, CustomAttribute attribute)
    {
        // The attributes are the library's, so what is asked for is a reference, and inside the library itself a definition.
        if (attribute.Constructor.Kind == HandleKind.MemberReference
            && reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent is { Kind: HandleKind.TypeReference } parent)
        {
            var type = reader.GetTypeReference((TypeReferenceHandle)parent);
            return reader.StringComparer.Equals(type.Namespace, nameof(CachedAttr)) ? reader.GetString(type.Name) : "";
        }

        return "";
    }

    /// <summary>Names of types, which is all that decoding needs.</summary>
    private sealed class Types : ICustomAttributeTypeProvider<string>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetSystemType() => "Type";

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => "";

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => "";

        public string GetTypeFromSerializedName(string name) => name;

        public PrimitiveTypeCode GetUnderlyingEnumType(string type) => PrimitiveTypeCode.Int32;

        public bool IsSystemType(string type) => string.Equals(type, "Type", StringComparison.Ordinal);
    }
}
